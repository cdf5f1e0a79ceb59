/** What both members had under one name is told apart by whom it came with (MRG-1). */
export const nameBrought = (id: string, from: string): string => `${id}@${from}`

/** What it was called there. */
export const nameBefore = (id: string, from: string): string => {
  const mark = nameBrought('', from)
  return id.endsWith(mark) ? id.slice(0, -mark.length) : id
}
