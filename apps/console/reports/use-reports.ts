import type { ReportName } from '@laurel/contract'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useActNames } from '../session/act-names.ts'
import { client } from '../session/client.ts'

/** Often enough to see it move. */
const beatMs = 700
const key = ['insights']

/** Which reports there are, of which day, and how far the reading of it has come. */
export function useReports() {
  return useSuspenseQuery({
    queryKey: [...key, 'all'],
    queryFn: () => client.call('listReports', {}),
    refetchInterval: ({ state }) => (state.data?.run?.status === 'running' ? beatMs : false),
  }).data
}

/** One of them; asked anew once another reading has replaced it. `margin`: a share, as 0.4. */
export function useReport(report: ReportName, madeAt: string | null, margin?: string) {
  return useQuery({
    queryKey: [...key, report, madeAt, margin],
    queryFn: () => client.call('readReport', { path: { report }, query: { margin } }),
    placeholderData: (before) => (before?.report === report ? before : undefined),
    // Until the next reading it says the same; who does not look for one asks now and then.
    ...(madeAt === null ? {} : { staleTime: Number.POSITIVE_INFINITY }),
  })
}

export function useStartReading(lastRun: string | null) {
  const queryClient = useQueryClient()
  const nameOf = useActNames()
  return useMutation({
    // Asked again after a lost answer it is the same reading; after it has ended, another one.
    mutationFn: () => client.call('startInsightRun', { body: {}, idempotencyKey: nameOf({ after: lastRun }) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [...key, 'all'] }),
  })
}

export function useCancelReading(run: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => client.call('cancelInsightRun', { path: { run } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [...key, 'all'] }),
  })
}
