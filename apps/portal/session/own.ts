import { useQuery } from '@tanstack/react-query'
import { client } from './client.ts'
import { program } from './place.ts'

/** What several pages ask: how the shop looks, who is here, and their card. */

export const useBrand = () =>
  useQuery({
    queryKey: ['brand'],
    queryFn: () => client.call('readBrand', { path: { program } }),
    staleTime: 300_000,
    enabled: program !== '',
  })

export const useDoor = () =>
  useQuery({
    queryKey: ['door'],
    queryFn: () => client.call('readDoor', { path: { program } }),
    staleTime: 0,
    enabled: program !== '',
  })

/** Asked anew at each start, however short ago it was: only so is it known whether there is a line. */
export const useCard = () => useQuery({ queryKey: ['card'], queryFn: () => client.call('readSelf', {}), staleTime: 0 })
