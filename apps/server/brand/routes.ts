import { Problem } from '@laurel/contract'
import type { FastifyInstance } from 'fastify'
import { rowOf } from '../db/transaction.ts'
import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { changeBrand, logoOf, withoutLogo } from './change-brand.ts'
import { logoOfProgram } from './queries.ts'
import { manifestOf, readBrand, readSettings } from './read-brand.ts'

export function bindBrand(server: FastifyInstance, context: ProgramContext, bind: Bind): void {
  bind('readSettings', ({ actor }) => readSettings(context, actor.program))
  bind('changeSettings', ({ actor, body }) => changeBrand(context, actor.name, actor.program, body))
  bind('setLogo', ({ actor, body }) => changeBrand(context, actor.name, actor.program, { logo: logoOf(body.data) }))
  bind('removeLogo', ({ actor }) => changeBrand(context, actor.name, actor.program, withoutLogo))
  bind('readBrand', ({ path }) => readBrand(context, path.program))

  // Beside the table: what a phone asks for when it puts the portal among its apps.
  server.get<{ Params: { program: string } }>(
    '/portal/:program/manifest.webmanifest',
    { config: { route: 'portal-manifest' } },
    async ({ params }, reply) => {
      const manifest = manifestOf(await readBrand(context, params.program))
      return await reply.type('application/manifest+json; charset=utf-8').send(JSON.stringify(manifest))
    },
  )

  // Beside the table: its answer is a picture.
  server.get<{ Params: { program: string } }>(
    '/v1/brands/:program/logo',
    { config: { route: 'logo' } },
    async ({ params, headers, url }, reply) => {
      const row = await rowOf(context.database.application, logoOfProgram(params.program))
      if (row?.logo == null || row.logo_type === null || row.logo_hash === null) throw new Problem('unknown-route')
      const tag = `"${row.logo_hash.slice(0, 16)}"`
      const isForEver = url.endsWith(`?${row.logo_hash.slice(0, 16)}`)
      reply.headers({
        'cache-control': isForEver ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
        etag: tag,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      })
      if (headers['if-none-match'] === tag) return await reply.code(304).send()
      return await reply.type(row.logo_type).send(row.logo)
    },
  )
}
