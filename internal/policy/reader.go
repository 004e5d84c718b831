package policy

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/lang"
	"kechuang/internal/policy/diag"
)

// node is a place in a YAML file together with the block it was expanded from, nil outside blocks.
type node struct {
	*yaml.Node
	file string
	env  *blockEnv
	left string // the exit of a block that this node was given for, "" for others
}

// exit is the name of the block exit that a state's name stands for.
func (n node) exit() string { return n.left }

func (n node) pos() Pos {
	if n.Node == nil {
		return Pos{File: n.file, Line: 1, Col: 1}
	}
	return Pos{File: n.file, Line: max(n.Line, 1), Col: max(n.Column, 1)}
}

// finding reports one problem at a place.
func (l *loader) finding(at Pos, code string, message, hint lang.Text) {
	if hint.IsZero() {
		hint = waysOut[code]
	}
	l.diags.Add(diag.Finding{File: at.File, Line: at.Line, Col: at.Col, Proof: "typed", Code: code, Message: message, Hint: hint})
}

func (l *loader) problem(n node, code string, message, hint lang.Text) {
	l.finding(n.pos(), code, message, hint)
}

// otherWords are what other languages call a word of ours, and so what newcomers write first.
var otherWords = map[string]string{
	"form": "fill", "role": "by", "who": "by", "seat": "by", "actor": "by", "next": "to", "goto": "to", "target": "to", "state": "to",
	"effects": "do", "effect": "do", "actions": "do", "action": "do", "if": "when", "condition": "when", "guard": "when", "guards": "when", "require": "when",
	"message": "because", "error": "because", "hint": "way", "fix": "way", "expr": "is", "check": "is", "rule": "is", "validate": "checks", "check_list": "checks",
	"label": "zh", "name": "zh", "name_zh": "zh", "name_en": "en", "required": "optional", "options": "choices", "values": "choices", "enum": "choices",
	"columns": "rows", "states": "flow", "steps": "flow", "start": "opener", "initiator": "opener", "description": "purpose", "desc": "purpose",
	"timeout": "deadline", "due": "deadline", "within": "after", "on_timeout": "to", "remind": "escalate", "source": "basis", "document": "basis", "article": "clause",
	"records": "things", "variables": "forms", "fields_list": "fields", "unit_of": "unit", "maximum": "max", "minimum": "min", "visible": "public",
	"end": "ends", "final": "ends", "roles": "seats", "actors": "seats", "subprocess": "parts", "children": "parts",
}

// meant is the hint after a word that nobody knows: the nearest that is known, or all of them when they are few.
func meant(word string, known []string) lang.Text {
	if near := diag.Nearest(word, known); near != "" {
		return lang.T("是不是想写“"+near+"”？", "did you mean “"+near+"”?")
	}
	if says := otherWords[word]; slices.Contains(known, says) {
		return lang.T("这里的说法是“"+says+"”", "the word for it here is “"+says+"”")
	}
	known = slices.Compact(slices.Sorted(slices.Values(known)))
	if len(known) == 0 || len(known) > 60 {
		return lang.Text{}
	}
	list := strings.Join(known, ", ")
	return lang.T("可以写的有："+list, "one of: "+list)
}

// unknown reports a reference that resolves to nothing.
func (l *loader) unknown(at Pos, code, zh, en, word string, known []string) {
	if word == "" { // that it is missing or empty has been said
		return
	}
	l.finding(at, code, lang.T("没有名为“"+word+"”的"+zh, "there is no "+en+" named “"+word+"”"), meant(word, known))
}

var dollar = regexp.MustCompile(`\$[a-z_]+`)

// resolve replaces $name of a block by what the using mechanism gave. A scalar that is nothing but $name becomes the given node,
// whatever it is, and nothing where a parameter that may be left out is; inside a longer text the given scalar's text is put in its place.
func (l *loader) resolve(n node) node {
	if n.Node != nil && (n.Kind == yaml.AliasNode || n.Anchor != "") {
		l.problem(n, "anchor", lang.T("不使用 YAML 的锚点与引用", "YAML anchors and aliases are not used here"),
			lang.T("请直接写出内容，或者写成 blocks/ 中的一段", "write it out, or make it a block"))
		return node{Node: &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Line: n.Line, Column: n.Column}, file: n.file}
	}
	if n.env == nil || n.Node == nil || n.Kind != yaml.ScalarNode || !strings.Contains(n.Value, "$") {
		return n
	}
	if given, ok := n.env.with[strings.TrimPrefix(n.Value, "$")]; ok && strings.HasPrefix(n.Value, "$") {
		if given.Node != nil && n.env.exits[n.Value[1:]] {
			given.left = n.Value[1:]
		}
		return given
	}
	out := *n.Node
	out.Value = dollar.ReplaceAllStringFunc(n.Value, func(name string) string {
		given, ok := n.env.with[name[1:]]
		if !ok || given.Node == nil || given.Kind != yaml.ScalarNode {
			l.problem(n, "block_parameter", lang.T("段“"+n.env.block+"”没有参数 "+name, "block “"+n.env.block+"” has no parameter "+name), lang.Text{})
			return name
		}
		return given.Value
	})
	return node{Node: &out, file: n.file, env: n.env}
}

// entry is one key of a mapping.
type entry struct {
	name  string
	key   node
	value node
}

// table is a mapping with its keys in the order of the file.
type table struct {
	l    *loader
	at   node
	list []entry
}

// entries reads a mapping whose keys are names of the author's own.
func (l *loader) entries(n node) table {
	t := table{l: l, at: n}
	if n.Node == nil || n.Tag == "!!null" {
		return t
	}
	if n.Kind != yaml.MappingNode {
		l.problem(n, "not_mapping", lang.T("这里应是“名称: 内容”的对照", "a mapping of names is expected here"), lang.Text{})
		return t
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := node{Node: n.Content[i], file: n.file, env: n.env}
		if key.Kind != yaml.ScalarNode || key.Value == "" {
			l.problem(key, "bad_key", lang.T("名称应是文字", "a name is expected"), lang.Text{})
			continue
		}
		if key.Tag == "!!merge" || key.Value == "<<" {
			l.problem(key, "anchor", lang.T("不使用 YAML 的合并键“<<”", "the YAML merge key “<<” is not used here"), lang.T("请直接写出内容，或者写成 blocks/ 中的一段", "write it out, or make it a block"))
			continue
		}
		if seen[key.Value] {
			l.problem(key, "repeated_key", lang.T("“"+key.Value+"”写了两次", "“"+key.Value+"” is written twice"), lang.T("删去其中一个", "drop one of them"))
			continue
		}
		seen[key.Value] = true
		value := l.resolve(node{Node: n.Content[i+1], file: n.file, env: n.env})
		if value.Node == nil {
			continue // a parameter of a block that was left out
		}
		t.list = append(t.list, entry{key.Value, key, value})
	}
	return t
}

// table reads a mapping whose keys are words of the language; any other key is a finding.
func (l *loader) table(n node, words ...string) table {
	t := l.entries(n)
	for _, e := range t.list {
		if !slices.Contains(words, e.name) {
			if before, _, wide := strings.Cut(e.name, "："); wide && slices.Contains(words, strings.TrimSpace(before)) {
				l.problem(e.key, "full_width_colon", lang.T("“"+before+"”后面是全角冒号“：”", "a full-width colon “：” follows “"+before+"”"),
					lang.T("改成半角冒号加一个空格：“"+before+": …”", "write a plain colon and a space: “"+before+": …”"))
				continue
			}
			if e.value.Node != nil && e.value.Tag == "!!null" && n.Style&yaml.FlowStyle != 0 {
				l.problem(e.key, "comma", lang.T("“"+e.name+"”是逗号后面的半句话", "“"+e.name+"” is what stands after a comma"),
					lang.T("花括号里含逗号的文字要加引号，或者用全角“，”", "quote a text with a comma inside braces"))
				continue
			}
			l.problem(e.key, "unknown_key", lang.T("这里不认识“"+e.name+"”", "“"+e.name+"” is not known here"), meant(e.name, words))
		}
	}
	return t
}

func (t table) get(name string) (node, bool) {
	for _, e := range t.list {
		if e.name == name {
			return e.value, true
		}
	}
	return node{file: t.at.file}, false
}

func (t table) has(name string) bool { _, ok := t.get(name); return ok }

// pos is the place of a key's value, or of the mapping where there is none.
func (t table) pos(name string) Pos {
	if n, ok := t.get(name); ok {
		return n.pos()
	}
	return t.at.pos()
}

// need is a scalar that must be there.
func (t table) need(name string) string {
	n, ok := t.get(name)
	if !ok {
		t.l.problem(t.at, "missing_key", lang.T("缺少“"+name+"”", "“"+name+"” is missing"), lang.Text{})
		return ""
	}
	s := t.l.scalar(n)
	if s == "" {
		t.l.problem(n, "empty", lang.T("“"+name+"”是空的", "“"+name+"” is empty"), lang.Text{})
	}
	return s
}

// text is a scalar that may be missing.
func (t table) text(name string) string {
	if n, ok := t.get(name); ok {
		return t.l.scalar(n)
	}
	return ""
}

// flag is true or false, false where it is missing.
func (t table) flag(name string) bool { return t.flagOr(name, false) }

func (t table) flagOr(name string, missing bool) bool {
	n, ok := t.get(name)
	if !ok {
		return missing
	}
	switch t.l.scalar(n) {
	case "true", "是":
		return true
	case "false", "否":
		return false
	}
	t.l.problem(n, "not_flag", lang.T("“"+name+"”只能是 true 或 false", "“"+name+"” is true or false"), lang.Text{})
	return missing
}

// count is a whole number that is not negative, 0 where it is missing.
func (t table) count(name string) int {
	n, ok := t.get(name)
	if !ok {
		return 0
	}
	v, err := strconv.Atoi(t.l.scalar(n))
	if err != nil || v < 0 || v > 1_000_000 {
		t.l.problem(n, "not_count", lang.T("“"+name+"”应是 0 到 1000000 的整数", "“"+name+"” is a whole number from 0 to 1000000"), lang.Text{})
		return 0
	}
	return v
}

// names is a list of scalars; one scalar alone is a list of one.
func (t table) names(name string) []string {
	n, ok := t.get(name)
	if !ok {
		return nil
	}
	return t.l.names(n)
}

// title is zh and en of the item itself; both must be there.
func (t table) title() lang.Text {
	text := lang.Text{ZH: t.text("zh"), EN: t.text("en")}
	if text.ZH == "" || text.EN == "" {
		missing := "zh"
		if text.ZH != "" {
			missing = "en"
		}
		t.l.problem(t.at, "missing_title", lang.T("缺少名称“"+missing+"”", "the title “"+missing+"” is missing"),
			lang.T("请同时写出 zh 与 en", "write both zh and en"))
	}
	return text
}

// both is {zh, en} under a key; missing is the zero text.
func (t table) both(name string) lang.Text {
	if n, ok := t.get(name); ok {
		return t.l.both(n)
	}
	return lang.Text{}
}

func (l *loader) both(n node) lang.Text { return l.table(n, "zh", "en").title() }

func (l *loader) scalar(n node) string {
	if n.Node == nil {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		l.problem(n, "not_scalar", lang.T("这里应是一个值", "a single value is expected here"), lang.Text{})
		return ""
	}
	if n.Tag == "!!null" {
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// items is the elements of a list; anything else alone is a list of one.
func (l *loader) items(n node) []node {
	if n.Node == nil || n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return []node{n}
	}
	var out []node
	for _, c := range n.Content {
		r := l.resolve(node{Node: c, file: n.file, env: n.env})
		if r.Node == nil {
			continue
		}
		if r.Kind == yaml.SequenceNode && r.Node != c { // a list given to a block is spliced into the list it is used in
			out = append(out, l.items(r)...)
			continue
		}
		out = append(out, r)
	}
	return out
}

func (l *loader) names(n node) []string {
	var out []string
	for _, c := range l.items(n) {
		if s := l.scalar(c); s != "" {
			out = append(out, s)
		}
	}
	return out
}
