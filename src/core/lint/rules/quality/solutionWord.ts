import { type CriterionRule, matchesIn } from '../../rule';

const TECHNOLOGY =
  /\b(?:React|Vue|Angular|Svelte|Next\.js|Redux|Tailwind|PostgreSQL|Postgres|MySQL|SQLite|MongoDB|Redis|Kafka|RabbitMQ|Docker|Kubernetes|Terraform|GraphQL|gRPC|Express|Django|Flask|FastAPI|Spring|Lambda|DynamoDB|S3|Elasticsearch|Nginx)\b/g;

export const solutionWord: CriterionRule = {
  scope: 'criterion',
  id: 'solution-word',
  code: 'Q19',
  title: 'Solution in the requirement',
  levels: { recommended: 'off', 'incose-full': 'off' },
  why: 'A requirement says what, the design says how. Naming a technology here decides the design before anybody thought about it; where the technology is the requirement, that is right, so this rule is off unless you turn it on.',
  bad: 'THE Shop SHALL store each order in PostgreSQL',
  good: 'THE Shop SHALL store each order',
  source: 'INCOSE GtWR R31',
  check: (context) =>
    matchesIn(context, TECHNOLOGY).map(({ words, range }) => ({
      message: `“${words}” is a solution. Does the requirement need it, or does the design choose it?`,
      range,
    })),
};
