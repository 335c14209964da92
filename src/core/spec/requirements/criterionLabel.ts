/** What names a criterion before its text: `AC-1.2:`, `**1.3**`, `2.1.`. */
export const CRITERION_LABEL =
  /^(?:\*\*|__)?(?:(?:AC|REQ|FR|NFR)[-_ ]?(\d+(?:\.\d+)*)\s*(?:(?:\*\*|__)\s*[.:)：]|[.:)：]\s*(?:\*\*|__)?)|(\d+(?:\.\d+)+)(?:\s*[.:)：])?(?:\*\*|__)?(?:\s*[.:)：])?)[ \t]+/i;
