import type { OwnWays } from '@laurel/contract'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client } from '../session/client.ts'
import { ConfirmAct } from '../tables/confirm-act.tsx'
import { dayText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { makePasskey, mayMakePasskeys, PasskeyRefused } from './make-passkey.ts'
import { waysQuery } from './ways.ts'

const said = words.accountRoom

export function Passkeys({ ways: { passkeys, canHavePasskeys } }: { readonly ways: OwnWays }) {
  const queryClient = useQueryClient()
  const readAgain = () => queryClient.invalidateQueries({ queryKey: waysQuery.queryKey })
  const { mutate, isPending, error, isSuccess } = useMutation({ mutationFn: makePasskey, onSuccess: readAgain })
  return (
    <>
      <p className="second">{said.passkeysLead}</p>
      {passkeys.length === 0 ? (
        <p className="second">{said.noPasskeys}</p>
      ) : (
        <ul className="own-programs">
          {passkeys.map(({ id, name, createdAt }) => (
            <li key={id}>
              <span>
                {name ?? said.aPasskey}{' '}
                {createdAt === null ? null : <span className="third">{said.since(dayText(createdAt))}</span>}
              </span>
              <ConfirmAct
                act={said.remove}
                title={said.removeTitle(name ?? said.aPasskey)}
                onAct={async () => {
                  await client.call('removeOwnPasskey', { path: { passkey: id } })
                  await readAgain()
                }}
              >
                {said.removeMore}
              </ConfirmAct>
            </li>
          ))}
        </ul>
      )}
      {error === null ? null : (
        <p role="alert" className="wrong">
          {error instanceof PasskeyRefused && error.isStale ? said.staleSession : said.notMade}
        </p>
      )}
      {isSuccess ? <p role="status">{said.made}</p> : null}
      {canHavePasskeys && mayMakePasskeys() ? (
        <div className="room-acts">
          <Button variant="default" loading={isPending} onClick={() => mutate()}>
            {said.make}
          </Button>
        </div>
      ) : (
        <p className="small third">{canHavePasskeys ? said.notHere : said.needName}</p>
      )}
    </>
  )
}
