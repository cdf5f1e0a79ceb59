import { words } from '../words/words.ts'
import './first-steps.css'

/** What makes a shop that has just been opened into one that people use; each is one page away. */
export function FirstSteps({ program }: { readonly program: string }) {
  const said = words.firstSteps
  const steps = [
    { href: '/console/program', text: said.read, more: said.readMore },
    { href: '/console/settings', text: said.logo, more: said.logoMore },
    { href: '/console/keys', text: said.connect, more: said.connectMore },
    { href: '/console/team', text: said.people, more: said.peopleMore },
    { href: '/console/members', text: said.member, more: said.memberMore(`${location.origin}/portal/${program}`) },
  ]
  return (
    <section className="first-steps" aria-labelledby="first-steps">
      <h2 id="first-steps">{said.title}</h2>
      <ol>
        {steps.map(({ href, text, more }) => (
          <li key={href}>
            <a href={href}>{text}</a>
            <p className="small second">{more}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
