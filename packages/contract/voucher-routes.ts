import { z } from 'zod'
import { instant, page, positiveAmount, programWord } from './fields.ts'
import { memberPath } from './member-schemas.ts'
import { type Route, route } from './route.ts'
import * as vouchers from './voucher-schemas.ts'

const asked = ['unknown-member', 'identity-conflict', 'no-program'] as const

/** What members hold beside points, and what they are entitled to. */
export const voucherRoutes = {
  listVouchers: route({
    method: 'GET',
    address: '/v1/members/{member}/vouchers',
    scope: 'members:read',
    summary: 'What the member has in hand, latest first',
    path: memberPath,
    query: z.strictObject({ ...vouchers.vouchersQuery, ...page(200, 50) }),
    answer: vouchers.voucherPage,
    problems: ['unknown-member', 'no-program'],
  }),
  readVoucher: route({
    method: 'GET',
    address: '/v1/members/{member}/vouchers/{voucher}',
    scope: 'members:read',
    summary: 'One voucher as it stands',
    path: vouchers.voucherPath,
    answer: vouchers.voucher,
    problems: ['unknown-member', 'unknown-voucher', 'no-program'],
  }),
  revealCode: route({
    method: 'POST',
    address: '/v1/members/{member}/vouchers/{voucher}/code',
    scope: 'vouchers:write',
    summary: 'The code of an open voucher',
    description: 'Made, or taken from the uploaded ones, when it is asked for first; the same one ever after.',
    path: vouchers.voucherPath,
    answer: vouchers.revealed,
    problems: ['unknown-member', 'unknown-voucher', 'voucher-ended', 'no-code-left', 'no-program'],
  }),
  lookUpCode: route({
    method: 'POST',
    address: '/v1/vouchers/look-up',
    scope: 'vouchers:use',
    summary: 'Whose voucher a code is, and what it is good for',
    description: 'Each key may ask for 30 codes a minute that there are not.',
    body: vouchers.codeToLookUp,
    answer: vouchers.lookedUp,
    problems: ['unknown-code', 'no-program'],
  }),
  useVoucher: route({
    method: 'POST',
    address: '/v1/vouchers/use',
    scope: 'vouchers:use',
    summary: 'Use a voucher, at a till or in a shop',
    description:
      'Once; of a gift card a part. With a basket it is judged against it: least amount, lines, other vouchers.',
    body: vouchers.voucherToUse,
    idempotencyKey: 'required',
    answer: vouchers.voucherRequestAnswer,
    problems: [...asked, 'unknown-code', 'event-rejected'],
  }),
  restoreVoucher: route({
    method: 'POST',
    address: '/v1/members/{member}/vouchers/{voucher}/restore',
    scope: 'vouchers:use',
    summary: 'Undo a use that came to nothing',
    path: vouchers.voucherPath,
    body: vouchers.useToRestore,
    idempotencyKey: 'optional',
    answer: vouchers.voucherRequestAnswer,
    problems: asked,
  }),
  returnVoucher: route({
    method: 'POST',
    address: '/v1/members/{member}/vouchers/{voucher}/return',
    scope: 'vouchers:write',
    summary: 'Give an unused voucher back for its price',
    path: vouchers.voucherPath,
    idempotencyKey: 'optional',
    answer: vouchers.voucherRequestAnswer,
    problems: asked,
  }),
  giveVoucher: route({
    method: 'POST',
    address: '/v1/members/{member}/vouchers/{voucher}/give',
    scope: 'vouchers:write',
    summary: 'Give an unused voucher to the charity of its reward',
    path: vouchers.voucherPath,
    idempotencyKey: 'optional',
    answer: vouchers.voucherRequestAnswer,
    problems: asked,
  }),
  revokeVoucher: route({
    method: 'POST',
    address: '/v1/members/{member}/vouchers/{voucher}/revoke',
    scope: 'adjustments:write',
    summary: 'Take a voucher out of use',
    path: vouchers.voucherPath,
    body: vouchers.voucherToRevoke,
    idempotencyKey: 'required',
    answer: vouchers.voucherRevoked,
    problems: [...asked, 'event-rejected'],
  }),
  uploadCodes: route({
    method: 'POST',
    address: '/v1/rewards/{reward}/codes',
    scope: 'codes:write',
    summary: 'Add codes for a reward whose codes are uploaded',
    path: vouchers.rewardPath,
    body: vouchers.codesToUpload,
    answer: vouchers.codesUploaded,
    problems: ['unknown-reward', 'code-of-another-reward', 'no-program'],
  }),
  countCodes: route({
    method: 'GET',
    address: '/v1/rewards/{reward}/codes',
    scope: 'programs:read',
    summary: 'How many codes are left, and how many were given out',
    path: vouchers.rewardPath,
    answer: vouchers.codesCount,
    problems: ['unknown-reward', 'no-program'],
  }),
  readEntitlements: route({
    method: 'GET',
    address: '/v1/members/{member}/entitlements',
    scope: 'members:read',
    summary: 'Which benefits the member has, why, and until when',
    path: memberPath,
    query: z.strictObject({
      benefit: programWord.optional().meta({ description: 'All of them where nothing is said.' }),
      total: z
        .string()
        .regex(/^\d{1,13}$/, 'must be a whole number of minor units')
        .transform(Number)
        .pipe(positiveAmount)
        .optional()
        .meta({ description: 'Minor units of the order that is meant.' }),
      opens: instant.optional().meta({ description: 'When what is meant opens for everyone.' }),
    }),
    answer: vouchers.entitlements,
    problems: ['unknown-member', 'unknown-benefit', 'no-program'],
  }),
} as const satisfies Record<string, Route>
