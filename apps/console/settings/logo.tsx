import { logoBytesMax, logoPixels, RequestProblem, type ShopSettings } from '@laurel/contract'
import { Button, FileButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { keepSettings } from '../session/brand.ts'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

const inKilobytes = (bytes: number) => amountText(Math.ceil(bytes / 1000))

export function Logo({ settings: { shop, logo } }: { readonly settings: ShopSettings }) {
  const { may } = useMe()
  const said = words.settingsRoom
  const [tooLarge, setTooLarge] = useState<string | null>(null)
  const set = useMutation({
    mutationFn: async (file: File) => await client.call('setLogo', { body: { data: await base64Of(file) } }),
    onSuccess: keepSettings,
  })
  const remove = useMutation({ mutationFn: () => client.call('removeLogo', {}), onSuccess: keepSettings })
  const choose = (file: File | null) => {
    if (file === null) return
    const isTooLarge = file.size > logoBytesMax
    setTooLarge(isTooLarge ? said.tooLarge(inKilobytes(file.size), inKilobytes(logoBytesMax)) : null)
    if (!isTooLarge) set.mutate(file)
  }
  const wrong = tooLarge ?? wrongFile(set.error)
  const error = set.error ?? remove.error
  return (
    <section className="logo" aria-labelledby="logo">
      <h3 id="logo">{said.logo}</h3>
      {logo === null ? (
        <p className="second">{said.noLogo}</p>
      ) : (
        <img className="logo-picture" src={logo} alt={said.logoAlt(shop)} />
      )}
      {may('programs:write') ? (
        <>
          <p className="small second">
            {said.logoHint(inKilobytes(logoBytesMax), amountText(logoPixels.least), amountText(logoPixels.most))}
          </p>
          {wrong !== null ? (
            <p className="wrong" role="alert">
              {wrong}
            </p>
          ) : error === null ? null : (
            <ProblemView error={error} inForm />
          )}
          <div className="room-acts">
            <FileButton accept="image/png,image/jpeg,image/webp" onChange={choose}>
              {(props) => (
                <Button variant="default" loading={set.isPending} {...props}>
                  {logo === null ? said.chooseLogo : said.replaceLogo}
                </Button>
              )}
            </FileButton>
            {logo === null ? null : (
              <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
                {said.removeLogo}
              </Button>
            )}
          </div>
        </>
      ) : null}
    </section>
  )
}

/** What the server says of the file itself; null: something else went wrong. */
function wrongFile(error: unknown): string | null {
  const said = error instanceof RequestProblem ? error.body.errors?.find(({ path }) => path === '/data') : undefined
  return said === undefined ? null : words.settingsRoom.wrongFile(said.message)
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
