/** The program that one works in is kept by the server, in a cookie: the whole console is of another one afterwards. */
export const GoTo = ({ program, text }: { readonly program: string; readonly text: string }) => (
  <form method="post" action="/account/program">
    <input type="hidden" name="program" value={program} />
    <input type="hidden" name="next" value="/console/sandboxes" />
    <button type="submit" className="link">
      {text}
    </button>
  </form>
)
