/** The page's only style, as the mails look. Holds no character that HTML would read. */
export const STYLE = `:root{color-scheme:light dark;--page:light-dark(#eef1f4,#0e1318);--card:light-dark(#fff,#171f27);--ink:light-dark(#16202a,#eef2f6);--soft:light-dark(#5a6673,#a3b1bf);--line:light-dark(#dfe4e9,#2b3641);--accent:light-dark(#1f5f9e,#2a6cb0)}
*{box-sizing:border-box}
body{margin:0;padding:1rem;background:var(--page);color:var(--ink);font:1rem/1.5 -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif}
main{max-width:34rem;margin:0 auto;padding:1.25rem;background:var(--card);border-radius:.5rem}
h1{margin:0 0 .75rem;font-size:1.35rem;line-height:1.3}
h2{margin:0;font-size:1.05rem;overflow-wrap:anywhere}
p{margin:.75rem 0}
.soft{color:var(--soft);font-size:.875rem}
.word{padding:.5rem .75rem;border-left:.25rem solid var(--accent);background:var(--page)}
dl{display:flex;flex-wrap:wrap;gap:.5rem 1.75rem;margin:.5rem 0 1rem;padding:0 0 1rem;border-bottom:1px solid var(--line)}
dt{color:var(--soft);font-size:.8125rem}
dd{margin:0;font-weight:700;font-size:1.125rem;font-variant-numeric:tabular-nums}
fieldset{margin:0 0 1rem;padding:0;border:0}
label{display:block;padding:.45rem 0}
input[type=radio]{width:1.15rem;height:1.15rem;margin:0 .5rem 0 0;vertical-align:-.2rem;accent-color:var(--accent)}
input[type=text]{display:block;width:100%;margin-top:.25rem;padding:.6rem .7rem;border:1px solid var(--soft);border-radius:.35rem;background:transparent;color:inherit;font:inherit}
button{display:block;width:100%;margin-top:1rem;padding:.8rem 1rem;border:0;border-radius:.4rem;background:var(--accent);color:#fff;font:inherit;font-weight:600;cursor:pointer}
code{overflow-wrap:anywhere;font-size:.875rem}
`;
