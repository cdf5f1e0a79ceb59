import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where the server of `npm start` or `npm run demo` answers; what is not of the till is handed on to it. */
const server = process.env['LAUREL_SERVER'] ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: import.meta.dirname,
  base: '/till/',
  plugins: [react()],
  server: { port: 5175, proxy: { '/v1': server } },
  build: {
    // Browsers of the last two years: what they know needs no second way of saying it.
    target: 'baseline-widely-available',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // An address in the page would be refused by its policy, which wants everything from the server.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        index: path.join(import.meta.dirname, 'index.html'),
        worker: path.join(import.meta.dirname, './worker.ts'),
      },
      // A worker reigns below the folder that it lies in, under a name that does not change.
      output: { entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js') },
    },
  },
})
