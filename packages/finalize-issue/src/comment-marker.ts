/** First line of our comment, which nobody sees: by it a later run finds the comment again. */
export const COMMENT_MARKER = '<!-- dtvem-build-system: answer to the build request -->';
