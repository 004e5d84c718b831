package policy

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/lang"
)

// secondDocument is a file in which “---” begins another document: YAML would read the first one only and say nothing.
type secondDocument struct{ line int }

func (s secondDocument) Error() string { return "line " + strconv.Itoa(s.line) + ": a second document" }

// parseYAML reads the one document of a file.
func parseYAML(source []byte, doc *yaml.Node) error {
	d := yaml.NewDecoder(bytes.NewReader(source))
	if err := d.Decode(doc); err != nil {
		if errors.Is(err, io.EOF) { // empty, or comments only
			return nil
		}
		return err
	}
	var second yaml.Node
	if err := d.Decode(&second); err == nil {
		return secondDocument{second.Line}
	} else if !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

var noAnchor = regexp.MustCompile(`unknown anchor '([^']*)' referenced`)

var atLine = regexp.MustCompile(`^(?:yaml: )?line (\d+): `)

// fault says where a file stops being YAML, and why as far as that can be seen: the parser names the line at which it gave up, which
// may be long after the slip, so the usual slips are looked for first.
func fault(file string, source []byte, err error) (at Pos, message, hint lang.Text) {
	at = Pos{file, 1, 1}
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if found := atLine.FindStringSubmatch(text); found != nil {
		at.Line, _ = strconv.Atoi(found[1])
		at.Line = max(at.Line, 1)
		text = text[len(found[0]):]
	}
	if found := noAnchor.FindStringSubmatch(text); found != nil {
		if before, _, ok := strings.Cut(string(source), "*"+found[1]); ok {
			at.Line, at.Col = 1+strings.Count(before, "\n"), 1+column(before[strings.LastIndex(before, "\n")+1:])
		}
	}
	if second, ok := errors.AsType[secondDocument](err); ok {
		at.Line = second.line
		return at, lang.T("“---”之后是另一份文档，不会被读到", "after “---” begins another document, which would not be read"),
			lang.T("一个文件只写一份：删去“---”，或者另写一个文件", "one file holds one: drop “---” or write another file")
	}
	if !utf8.Valid(source) {
		at.Line = 1 + bytes.Count(source[:invalidAt(source)], []byte("\n"))
		return at, lang.T("文件不是 UTF-8 编码", "the file is not in UTF-8"), lang.T("在编辑器中另存为 UTF-8（Windows 记事本默认可能是 GBK）", "save it as UTF-8 in the editor")
	}
	if line, col, zh, en, hint, ok := slip(string(source), at.Line); ok {
		return Pos{file, line, col}, lang.T(zh, en), hint
	}
	if strings.Contains(text, "expected key") || strings.Contains(text, "expected '-'") {
		if line, col := misaligned(string(source)); line > 0 {
			return Pos{file, line, col}, lang.T("这一行的缩进和上面哪一级都不对齐", "the indentation of this line fits no level above it"),
				lang.T("同级对齐，下级比上级多两格", "keys of one level stand in one column, those beneath two further in")
		}
	}
	zh := "读不懂这里的写法"
	for word, says := range yamlWords {
		if strings.Contains(text, word) {
			zh = says
		}
	}
	return at, lang.T("不是正确的 YAML："+zh, "not YAML: "+text),
		lang.T("看这一行和它前后：缩进是否对齐（同级对齐，下级多两格），冒号后是否有空格，引号和括号是否成对，含“: ”“#”或以 {、[、!、* 开头的值是否加了引号",
			"look at this line and around it: keys of one level stand in one column, a space follows each colon, quotes and brackets are closed, and a value that holds “: ” or “#” or begins with {, [, ! or * is quoted")
}

// yamlWords are the parser's complaints in Chinese.
var yamlWords = map[string]string{
	"did not find expected key":               "这附近有一行的缩进和同级的不对齐，或者引号、括号没有成对",
	"mapping values are not allowed":          "这一行的冒号出现在不该有的地方：缩进多了，或者上一行已经有值",
	"could not find expected ':'":             "这一行没有冒号",
	"did not find expected ',' or '}'":        "花括号没有合上，或者两项之间缺少半角逗号",
	"did not find expected ',' or ']'":        "方括号没有合上，或者两项之间缺少半角逗号",
	"did not find expected '-' indicator":     "一列里有一行不是以“- ”开头，或者缩进不对齐",
	"found unexpected end of stream":          "引号没有合上",
	"unknown anchor":                          "“*”开头的值要加引号（这里不使用锚点与引用）",
	"control characters are not allowed":      "文件里有不能显示的字符，可能不是文本文件",
	"exceeded max depth":                      "嵌套太深",
	"cannot start any token":                  "这一行以不能单独使用的符号开头，文字请加引号",
	"did not find expected node content":      "括号里多了一个逗号，或者缺少值",
	"block sequence entries are not allowed":  "“- ”出现在不该有的地方",
	"found a tab character":                   "缩进用了制表符",
	"did not find expected alphabetic":        "“&”“*”开头的值要加引号",
	"block collections are not allowed":       "花括号里不能写多行的缩进内容",
	"invalid map key":                         "名称应是文字",
	"did not find expected whitespace or":     "引号之后紧跟着别的字，值要整个放在引号里",
	"document start":                          "一个文件只写一份文档",
	"document contains excessive aliasing":    "不使用锚点与引用",
	"found unknown escape character":          "双引号里的反斜杠要写成 \\\\，或者改用单引号",
	"while parsing a quoted scalar":           "引号没有合上",
	"mapping keys are not allowed":            "这里不能写“名称: 内容”",
	"did not find URI escaped":                "“!”开头的值要加引号",
	"did not find expected tag":               "“!”开头的值要加引号",
	"incomplete UTF-8":                        "文件不是 UTF-8 编码",
	"did not find expected comment or a line": "“|”“>”之后应换行",
}

func invalidAt(source []byte) int {
	for i := 0; i < len(source); {
		r, n := utf8.DecodeRune(source[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return 0
}

var (
	fullColonKey   = regexp.MustCompile(`^[ -]*[A-Za-z_][A-Za-z0-9_.]*：`)
	fullColonInner = regexp.MustCompile(`[{,，] *[A-Za-z_][A-Za-z0-9_.]*：`)
	fullComma      = regexp.MustCompile(`， *[A-Za-z_][A-Za-z0-9_]*: `)
)

// slip looks for what newcomers do, on the line at which the parser gave up and before: a tab in the indentation, a full-width colon
// after a name, a full-width comma between two keys in braces.
func slip(source string, gaveUp int) (line, col int, zh, en string, hint lang.Text, ok bool) {
	for i, s := range strings.Split(source, "\n") {
		n := i + 1
		if n > gaveUp+1 && gaveUp > 1 {
			break
		}
		code, _, _ := strings.Cut(s, " #")
		indent := code[:len(code)-len(strings.TrimLeft(code, " \t"))]
		if tab := strings.IndexByte(indent, '\t'); tab >= 0 {
			return n, tab + 1, "这一行的缩进用了制表符", "this line is indented with a tab", lang.T("改成空格，每级两格", "use spaces, two a level"), true
		}
		if found := fullColonKey.FindStringIndex(code); found != nil {
			return n, column(code[:found[1]]), "名称后面是全角冒号“：”", "a full-width colon “：” follows the name", lang.T("改成半角冒号加一个空格“: ”", "write a plain colon and a space"), true
		}
		if found := fullColonInner.FindStringIndex(code); found != nil {
			return n, column(code[:found[1]]), "名称后面是全角冒号“：”", "a full-width colon “：” follows the name", lang.T("改成半角冒号加一个空格“: ”", "write a plain colon and a space"), true
		}
		if found := fullComma.FindStringIndex(code); found != nil && n >= gaveUp-1 && strings.Contains(code, "{") {
			return n, column(code[:found[0]]) + 1, "花括号里的两项之间是全角逗号“，”", "a full-width comma “，” stands between two keys in braces", lang.T("改成半角逗号加一个空格“, ”", "write a plain comma and a space"), true
		}
	}
	return 0, 0, "", "", lang.Text{}, false
}

// misaligned is the first line that goes back to a column in which no line above it stands.
func misaligned(source string) (line, col int) {
	levels, depth, literal := []int{0}, 0, -1
	for i, s := range strings.Split(source, "\n") {
		code, _, _ := strings.Cut(s, " #")
		text := strings.TrimLeft(code, " ")
		indent := len(code) - len(text)
		if text = strings.TrimSpace(text); text == "" || strings.HasPrefix(text, "#") || (literal >= 0 && indent > literal) {
			continue
		}
		literal = -1
		if top := levels[len(levels)-1]; depth == 0 && indent > top {
			levels = append(levels, indent)
		} else if depth == 0 && indent < top {
			for indent < levels[len(levels)-1] {
				levels = levels[:len(levels)-1]
			}
			if indent != levels[len(levels)-1] {
				return i + 1, indent + 1
			}
		}
		depth = max(0, depth+strings.Count(text, "{")+strings.Count(text, "[")-strings.Count(text, "}")-strings.Count(text, "]"))
		if strings.HasSuffix(text, "|") || strings.HasSuffix(text, ">") {
			literal = indent
		}
	}
	return 0, 0
}

func column(s string) int { return utf8.RuneCountInString(s) }
