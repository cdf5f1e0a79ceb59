/** Lets the browser save a text as a file. */
export function downloadText(name: string, type: string, text: string): void {
  // The mark of UTF-8 at the beginning: without it Excel reads letters beyond ASCII wrongly.
  const address = URL.createObjectURL(new Blob([`\uFEFF${text}`], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
