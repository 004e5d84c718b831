package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sort says what a run of letters is.
type Sort uint8

// The sorts of runs.
const (
	Han    Sort = iota + 1 // Chinese characters with nothing between them
	Latin                  // letters and digits of other scripts: names, codes, chemical formulas
	Number                 // a quantity in its plain form: ≥99.99%, 8in
)

// Run is a stretch of folded text that words are cut from.
type Run struct {
	Sort  Sort
	Text  string // as it is matched: of a Number the plain form, of others the letters themselves
	Start int    // bytes in the folded text
	End   int
}

// Runs cuts folded text at everything that is neither letter nor digit. Numbers keep their unit: "8 寸", "8 英寸" and "8 inch"
// are all 8in, "99.99 %" is 99.99%.
func Runs(folded string, visit func(Run)) {
	for at := 0; at < len(folded); {
		r, width := utf8.DecodeRuneInString(folded[at:])
		switch {
		case isHan(r):
			end := at + width
			for end < len(folded) {
				r, w := utf8.DecodeRuneInString(folded[end:])
				if !isHan(r) {
					break
				}
				end += w
			}
			visit(Run{Han, folded[at:end], at, end})
			at = end
		case isDigit(r):
			at = numberOrWord(folded, at, visit)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			end := wordEnd(folded, at)
			visit(Run{Latin, folded[at:end], at, end})
			at = end
		default:
			at += width
		}
	}
}

func isHan(r rune) bool {
	return 0x4e00 <= r && r <= 0x9fff || r >= 0x3400 && unicode.Is(unicode.Han, r) && r != '〇' || r == '〇'
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// wordEnd is where a word of letters and digits ends. Signs that stand inside names and formulas stay: c++, li-ion, ni0.8co0.1.
func wordEnd(s string, at int) int {
	end := at
	for end < len(s) {
		r, w := utf8.DecodeRuneInString(s[end:])
		switch {
		case !isHan(r) && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		case (r == '-' || r == '.' || r == '_' || r == '/' || r == '&') && end > at && followedByWord(s, end+w):
		case (r == '+' || r == '#') && end > at:
		default:
			return end
		}
		end += w
	}
	return end
}

func followedByWord(s string, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return !isHan(r) && r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// numberOrWord reads what begins with a digit: a quantity with its unit, or a word such as 3d or 5g.
func numberOrWord(s string, at int, visit func(Run)) int {
	end := at
	for end < len(s) && (isDigit(rune(s[end])) || (s[end] == '.' || s[end] == ',') && end+1 < len(s) && isDigit(rune(s[end+1]))) {
		end++
	}
	digits := strings.ReplaceAll(s[at:end], ",", "")
	rest := s[end:]
	spaces := len(rest) - len(strings.TrimLeft(rest, " "))
	if name, width := unitAt(rest[spaces:]); width > 0 {
		stop := end + spaces + width
		visit(Run{Number, digits + name, at, stop})
		return stop
	}
	if spaces == 0 && end < len(s) {
		if r, _ := utf8.DecodeRuneInString(rest); !isHan(r) && unicode.IsLetter(r) || (r == '-' || r == '/') && followedByWord(s, end+1) {
			stop := wordEnd(s, at)
			visit(Run{Latin, s[at:stop], at, stop})
			return stop
		}
	}
	visit(Run{Number, digits, at, end})
	return end
}

// units are the ways of writing a unit, longest first for each first letter; the second is the plain form.
var units = map[string]string{
	"%": "%", "％": "%", "‰": "‰", "ppm": "ppm", "ppb": "ppb",
	"英寸": "in", "寸": "in", "吋": "in", "inch": "in", "in": "in",
	"毫米": "mm", "mm": "mm", "厘米": "cm", "cm": "cm", "千米": "km", "公里": "km", "km": "km", "微米": "μm", "μm": "μm", "um": "μm", "纳米": "nm", "nm": "nm", "米": "m", "m": "m",
	"平方米": "m2", "m2": "m2", "立方米": "m3", "m3": "m3", "平方毫米": "mm2", "mm2": "mm2",
	"吨": "t", "t": "t", "公斤": "kg", "千克": "kg", "kg": "kg", "毫克": "mg", "mg": "mg", "克": "g",
	"千瓦时": "kwh", "kwh": "kwh", "度电": "kwh", "千瓦": "kw", "kw": "kw", "兆瓦": "mw", "mw": "mw", "瓦": "w", "w": "w",
	"伏": "v", "v": "v", "kv": "kv", "千伏": "kv", "安": "a", "毫安时": "mah", "mah": "mah", "ah": "ah", "安时": "ah",
	"兆帕": "mpa", "mpa": "mpa", "千帕": "kpa", "kpa": "kpa", "帕": "pa", "pa": "pa", "gpa": "gpa", "吉帕": "gpa",
	"°c": "°c", "摄氏度": "°c", "k": "k", "度": "°", "°": "°",
	"赫兹": "hz", "hz": "hz", "khz": "khz", "mhz": "mhz", "ghz": "ghz", "千赫": "khz", "兆赫": "mhz",
	"升": "l", "l": "l", "毫升": "ml", "ml": "ml", "小时": "h", "h": "h", "分钟": "min", "min": "min", "秒": "s", "s": "s", "毫秒": "ms", "ms": "ms",
	"wh/kg": "wh/kg", "mah/g": "mah/g", "g/cm3": "g/cm3", "w/mk": "w/mk", "mg/l": "mg/l", "m/s": "m/s", "km/h": "km/h", "r/min": "r/min", "转/分": "r/min", "rpm": "r/min",
	"万元": "万元", "亿元": "亿元", "元": "元", "万": "万", "亿": "亿", "年": "年", "个月": "月", "件": "件", "台": "台", "套": "套", "人": "人", "家": "家",
}

// unitAt is the unit that s begins with and its width in bytes, the longest that fits; one of letters must end there.
func unitAt(s string) (plain string, width int) {
	for n, last := 0, min(len(s), 12); n < last; {
		r, w := utf8.DecodeRuneInString(s[n:])
		if r == ' ' || r == utf8.RuneError {
			break
		}
		n += w
		if name, ok := units[s[:n]]; ok && (isHan(r) || !followedByWord(s, n) || r == '%' || r == '°') {
			plain, width = name, n
		}
	}
	return plain, width
}
