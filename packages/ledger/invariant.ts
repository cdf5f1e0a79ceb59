/** We are wrong: what the engine said cannot be written down (LED-3). `entry` names the line at fault. */
export class LedgerFault extends Error {
  override readonly name = 'LedgerFault'
  readonly entry: string

  constructor(entry: string, message: string) {
    super(`${entry}: ${message}`)
    this.entry = entry
  }
}

export function invariant(holds: boolean, entry: string, message: string): asserts holds {
  if (!holds) throw new LedgerFault(entry, message)
}
