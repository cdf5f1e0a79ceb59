import '@mantine/core/styles.css'
import './theme.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { resolveVariables, theme } from './theme.ts'

declare global {
  /** Where parts that write styles of their own look for leave to do so. */
  var __webpack_nonce__: string | undefined
}

/** What the server wrote into this page: styles that are made in the browser must bear it (its policy allows no others). */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
globalThis.__webpack_nonce__ = nonce

const colorSchemeManager = localStorageColorSchemeManager({ key: 'laurel-color-scheme' })

/** Everything inside looks like Laurel: light or dark as the system is, until somebody chooses. */
export function Face({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      {children}
    </MantineProvider>
  )
}
