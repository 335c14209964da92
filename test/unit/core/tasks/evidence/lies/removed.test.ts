// Verifies: run-engine#2.4
import { areCaught, BOTH, type Case, EXPIRES, GO, JAVA, JS, js, KEEPS, PY, RUST } from './samples';

const removals: readonly Case[] = [
  [
    'a file',
    JS,
    BOTH,
    undefined,
    /2 tests “keeps”, “expires” of test\/links\.test\.ts are not there any more: all tests of the file/,
  ],
  ['a test', JS, BOTH, js(KEEPS), /The test “expires” of test\/links\.test\.ts is not there any more/],
  ['a test, by a comment', JS, BOTH, js(KEEPS, `// ${EXPIRES}`), /“expires”/],
  ['a test, by a comment around it', JS, BOTH, js(KEEPS, `/* ${EXPIRES} */`), /“expires”/],
  ['pytest', 'tests/test_links.py', PY, PY.slice(0, PY.indexOf('def test_expires')), /“test_expires”/],
  [
    'pytest, by another name',
    'tests/test_links.py',
    PY,
    PY.replace('def test_expires', 'def _expires'),
    /“test_expires”/,
  ],
  ['Go', 'links_test.go', GO, 'package links\n', /“TestKeeps”/],
  ['Rust, in the code', 'src/links.rs', RUST, 'fn keep() {}\n', /“keeps”/],
  ['Java', 'src/test/java/LinksTest.java', JAVA, JAVA.replace('@Test', ''), /“keeps”/],
];

describe('tests that are removed to be green', () => areCaught('testsRemoved', removals));
