/** Whether a table is wanted rather than JSON: the type is named, and not JSON before it. */
export function wantsCsv(accept: string | undefined): boolean {
  const types = (accept ?? '').split(',').map((each) => each.split(';')[0]?.trim().toLowerCase())
  const [csv, json] = [types.indexOf('text/csv'), types.indexOf('application/json')]
  return csv >= 0 && (json < 0 || csv < json)
}
