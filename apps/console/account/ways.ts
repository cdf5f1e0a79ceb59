import { client } from '../session/client.ts'

export const waysQuery = { queryKey: ['own-ways'], queryFn: () => client.call('readOwnWays', {}) }
