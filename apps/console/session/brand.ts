import { useQuery } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

export const settingsQuery = {
  queryKey: ['settings'],
  queryFn: () => client.call('readSettings', {}),
  staleTime: 300_000,
}

/** How the shop looks; undefined until it is known. */
export const useBrand = () => useQuery(settingsQuery).data

type ShopSettings = Awaited<ReturnType<typeof settingsQuery.queryFn>>
export const keepSettings = (settings: ShopSettings) => queryClient.setQueryData(settingsQuery.queryKey, settings)
