import type { SendingAnswer } from '@laurel/contract'
import { useQueryClient } from '@tanstack/react-query'
import { catalogueKey } from '../session/catalogue.ts'
import { client } from '../session/client.ts'
import { ConfirmAct } from '../tables/confirm-act.tsx'
import { words } from '../words/words.ts'

const said = words.offersRoom

export function StopSending({
  sending: { id, offer },
  name,
}: {
  readonly sending: SendingAnswer
  readonly name: string
}) {
  const queryClient = useQueryClient()
  return (
    <ConfirmAct
      act={said.stop}
      title={said.stopTitle(name)}
      onAct={async () => {
        await client.call('cancelSending', { path: { offer, sending: id } })
        await queryClient.invalidateQueries({ queryKey: catalogueKey })
      }}
    >
      {said.stopMore}
    </ConfirmAct>
  )
}
