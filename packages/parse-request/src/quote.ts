const MAX_QUOTED = 40;

/**
 * A requester's own word inside a sentence: short, and without any character that could mean something to
 * Markdown, HTML, a log or a mention. Those become `?`.
 */
export function quote(text: string): string {
  const safe = text.replace(/[^a-z0-9 .,+=^~>/(){}-]/g, '?');
  return safe.length > MAX_QUOTED ? `"${safe.slice(0, MAX_QUOTED)}..."` : `"${safe}"`;
}
