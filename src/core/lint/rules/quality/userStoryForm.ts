import type { RequirementsRule } from '../../rule';
import { rewrite } from '../rewrite';

const FORM = /\bas\s+an?\b[\s\S]*\bI\s+(?:want|need|would\s+like|can|wish|expect)\b/i;
/** In other languages the form is another one. */
const LATIN = /^[\p{Script=Latin}\p{P}\p{S}\p{N}\s]+$/u;

export const userStoryForm: RequirementsRule = {
  scope: 'requirements',
  id: 'user-story-form',
  code: 'Q22',
  title: 'User story in another form',
  levels: { recommended: 'off', 'incose-full': 'hint' },
  why: 'Who wants what, and why: the form makes sure that none of the three is forgotten.',
  bad: '### Requirement 1\n**User Story:** Doors should open.\n#### Acceptance Criteria\n1. THE Door SHALL open',
  good: '### Requirement 1\n**User Story:** As a guest, I want doors to open, so that I get in.\n#### Acceptance Criteria\n1. THE Door SHALL open',
  examplesIn: 'requirements',
  source: 'Agile user stories',
  check: ({ requirements }) =>
    requirements.flatMap(({ userStory }) => {
      if (userStory === undefined || FORM.test(userStory.text) || !LATIN.test(userStory.text)) return [];
      const at = { start: userStory.range.start, end: userStory.range.start };
      const newText = 'As a TBD, I want TBD, so that TBD. ';
      return [
        {
          message:
            'A user story says who wants what, and why: “As a <role>, I want <goal>, so that <benefit>”.',
          range: userStory.range,
          fixes: [
            rewrite('Put “As a TBD, I want TBD, so that TBD” before it', false, [{ range: at, newText }]),
          ],
        },
      ];
    }),
};
