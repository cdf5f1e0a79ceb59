import type { ShopSettings } from '@laurel/contract'
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { keepSettings } from '../session/brand.ts'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { words } from '../words/words.ts'
import { BrandPreview } from './brand-preview.tsx'
import { ColourField } from './colour-field.tsx'

/** Name and colour, seen as members will see them before anything is saved. */
export function BrandForm({ settings }: { readonly settings: ShopSettings }) {
  const { may } = useMe()
  const [shop, setShop] = useState(settings.shop)
  const [colour, setColour] = useState(settings.colours.colour)
  const said = words.settingsRoom
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => client.call('changeSettings', { body: { shop: shop.trim(), colour } }),
    onSuccess: keepSettings,
  })
  const isChanged = shop.trim() !== settings.shop || colour !== settings.colours.colour
  const isReady = isChanged && shop.trim() !== ''
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !isPending) mutate()
      }}
    >
      <fieldset className="plain-fieldset fields" disabled={!may('programs:write')}>
        <TextInput
          label={said.shop}
          description={said.shopHint}
          value={shop}
          maxLength={60}
          error={shop.trim() === '' ? words.firstRun.missing.name : null}
          onChange={({ currentTarget }) => setShop(currentTarget.value)}
        />
        <ColourField value={colour} onChange={setColour} />
      </fieldset>
      <BrandPreview shop={shop} colour={colour} logo={settings.logo} />
      {error === null ? null : <ProblemView error={error} inForm />}
      {may('programs:write') ? (
        <div className="room-acts">
          <Button type="submit" disabled={!isReady} loading={isPending}>
            {said.save}
          </Button>
          {isSuccess && !isChanged ? (
            <p role="status" className="second">
              {said.saved}
            </p>
          ) : null}
        </div>
      ) : null}
    </form>
  )
}
