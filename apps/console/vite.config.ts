import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where the server of `npm start` or `npm run demo` answers; `npm run dev` hands on to it what is not of the console. */
const server = process.env['LAUREL_SERVER'] ?? 'http://127.0.0.1:3000'
const handedOn = Object.fromEntries(
  // The plain pages stay where they are: signing in is one of them.
  ['/v1', '/auth', '/sign-in', '/sign-out', '/account', '/style.css', '/passkey.mjs'].map((path) => [path, server]),
)

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  server: { port: 5173, proxy: handedOn },
  build: {
    // Browsers of the last two years: what they know needs no second way of saying it.
    target: 'baseline-widely-available',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // An address in the page would be refused by its policy, which wants everything from the server.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
})
