export function same(got, want) {
  if (JSON.stringify(got) !== JSON.stringify(want)) throw new Error(`got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
}

export function includes(text, ...parts) {
  for (const part of parts) if (!text.includes(part)) throw new Error(`"${part}" is not in: ${text}`);
}
