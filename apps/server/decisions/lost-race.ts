/**
 * Another server decided for a member of the batch between our reading and our writing, or between two of our readings: each
 * statement sees what was committed when it began. The batch is done again with fresh states.
 */
export class LostRace extends Error {
  override readonly name = 'LostRace'
}
