/** narrow turns full-width digits, letters and signs (１２３．５％，) into plain ones, as they come from a Chinese keyboard. */
export function narrow(s: string): string {
  return s
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, " ")
    .replace(/。/g, ".");
}
