package policy

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/lang"
)

// blockDef is a piece of flow that recurs, or a part that does, as its file in blocks/ says it. A block that is a part has no flow.
type blockDef struct {
	name   string
	params []string
	spare  map[string]bool // parameters that may be left out: what they stand for is then left out, too
	exits  []string
	entry  string
	file   node
	table  table
}

// blockEnv is one use of a block: what $names stand for, and how the block's own names are written in the mechanism.
type blockEnv struct {
	block  string
	host   string // the state that says use
	entry  string
	with   map[string]node
	exits  map[string]bool
	states map[string]bool
	parts  map[string]bool
	prefix string // of parts, where the block is used more than once
}

// state is a block's own state under its name in the mechanism; names that are not the block's stay as they are.
func (b *blockEnv) state(s string) string {
	switch {
	case b == nil || !b.states[s]:
		return s
	case s == b.entry:
		return b.host
	}
	return b.host + "." + s
}

// part is a block's own part under its name in the mechanism.
func (b *blockEnv) part(s string) string {
	if b == nil || !b.parts[s] {
		return s
	}
	return b.prefix + s
}

func (l *loader) loadBlock(n node, _ []byte) {
	t := l.table(n, "block", "title", "params", "entry", "forms", "flow", "parts", "exits")
	b := &blockDef{name: t.need("block"), entry: t.text("entry"), exits: t.names("exits"), file: n, table: t, spare: map[string]bool{}}
	params, _ := t.get("params")
	for _, e := range l.entries(params).list {
		b.params = append(b.params, e.name)
		b.spare[e.name] = strings.HasSuffix(l.scalar(e.value), "?")
	}
	if b.name == "" {
		return
	}
	if l.blocks[b.name] != nil {
		l.problem(n, "repeated_block", lang.T("段“"+b.name+"”有两个", "there are two blocks “"+b.name+"”"), lang.Text{})
		return
	}
	flow, flows := t.get("flow")
	if flows {
		t.need("entry")
	} else if parts, _ := t.get("parts"); len(l.entries(parts).list) != 1 || b.entry != "" || len(b.exits) > 0 {
		l.problem(n, "block_part", lang.T("没有 flow 的段恰好是一个部分，不写 entry、exits", "a block without flow is exactly one part, and has neither entry nor exits"), lang.Text{})
		return
	}
	if flows && !l.entries(flow).has(b.entry) {
		l.finding(t.pos("entry"), "unknown_state", lang.T("入口“"+b.entry+"”不是这一段的状态", "the entry “"+b.entry+"” is not a state of the block"), lang.Text{})
		return
	}
	l.blocks[b.name] = b
}

// countUses finds how often each block is used, before its parts get their names.
func (ml *mechLoader) countUses(flow table) {
	for _, e := range flow.list {
		if e.value.Node == nil || e.value.Kind != yaml.MappingNode {
			continue
		}
		for i := 0; i+1 < len(e.value.Content); i += 2 {
			if e.value.Content[i].Value == "use" {
				ml.uses[e.value.Content[i+1].Value]++
			}
		}
	}
}

// caseState reads one state of the case's flow, and expands the block that it uses.
func (ml *mechLoader) caseState(e entry) {
	t := ml.entries(e.value)
	if !t.has("use") {
		for _, word := range []string{"with", "exits"} {
			if t.has(word) {
				ml.finding(t.pos(word), "without_use", lang.T("“"+word+"”只与 use 一起写", "“"+word+"” belongs to use"), lang.Text{})
			}
		}
		ml.m.Case.States = append(ml.m.Case.States, ml.state(e.name, e.key, e.value, ml.m.Case))
		return
	}
	use := t.need("use")
	def := ml.blocks[use]
	if def == nil || def.entry == "" {
		ml.unknown(t.pos("use"), "unknown_block", "段", "block", use, keys(ml.blocks))
		ml.m.Case.States = append(ml.m.Case.States, ml.state(e.name, e.key, e.value, ml.m.Case))
		return
	}
	ml.expand(e, t, def)
}

// casePart reads one part of the mechanism, and expands the block that it is.
func (ml *mechLoader) casePart(e entry) {
	if !ml.entries(e.value).has("use") {
		ml.part(e)
		return
	}
	t := ml.table(e.value, "use", "with")
	use := t.need("use")
	def := ml.blocks[use]
	if def == nil || def.entry != "" {
		ml.unknown(t.pos("use"), "unknown_block", "作部分用的段", "block that is a part", use, keys(ml.blocks))
		return
	}
	env := ml.env(e, t, def)
	parts, _ := def.table.get("parts")
	if own := ml.loader.entries(parts).list[0].name; own != e.name {
		ml.problem(e.key, "block_part", lang.T("段“"+use+"”的部分叫“"+own+"”", "the part of block “"+use+"” is called “"+own+"”"), lang.T("改名为 "+own, "call it "+own))
		return
	}
	forms, ok := def.table.get("forms")
	if forms.env = env; ok {
		ml.forms(forms)
	}
	parts.env = env
	ml.part(ml.entries(parts).list[0])
}

// env is what a block is given where it is used.
func (ml *mechLoader) env(host entry, t table, def *blockDef) *blockEnv {
	env := &blockEnv{block: def.name, host: host.name, entry: def.entry, with: map[string]node{}, exits: map[string]bool{}, states: map[string]bool{}, parts: map[string]bool{}}
	with, _ := t.get("with")
	ml.given(env, ml.entries(with), def.params, def.spare, t.at, "参数", "parameter")
	return env
}

func (ml *mechLoader) expand(host entry, t table, def *blockDef) {
	env := ml.env(host, t, def)
	exits, _ := t.get("exits")
	for _, x := range def.exits {
		env.exits[x] = true
	}
	ml.given(env, ml.entries(exits), def.exits, nil, t.at, "出口", "exit")
	flow, _ := def.table.get("flow")
	parts, _ := def.table.get("parts")
	for _, e := range ml.loader.entries(flow).list {
		env.states[e.name] = true
	}
	for _, e := range ml.loader.entries(parts).list {
		env.parts[e.name] = true
	}
	if ml.uses[def.name] > 1 {
		env.prefix = host.name + "_"
	}
	forms, ok := def.table.get("forms")
	if forms.env = env; ok {
		ml.forms(forms)
	}
	flow.env = env
	for _, e := range ml.entries(flow).list {
		if e.value.Node != nil && e.value.Kind == yaml.MappingNode && ml.entries(e.value).has("use") {
			ml.problem(e.key, "nested_block", lang.T("段里不能再用段", "a block cannot use a block"), lang.Text{})
		}
		s := ml.state(env.state(e.name), e.key, e.value, ml.m.Case)
		if e.name == def.entry {
			ml.hostState(s, host, t)
		}
		ml.m.Case.States = append(ml.m.Case.States, s)
	}
	if parts.env = env; parts.Node != nil {
		for _, e := range ml.entries(parts).list {
			ml.part(e)
		}
	}
}

// hostState lets the state that uses a block give its own titles, and steps beside the block's.
func (ml *mechLoader) hostState(s *State, host entry, t table) {
	s.Pos = host.key.pos()
	if t.has("zh") || t.has("en") || s.Title.IsZero() {
		s.Title = t.title()
	}
	if t.has("public") {
		s.Public = t.flag("public")
	}
	for _, e := range t.list {
		if e.name == "deadline" {
			ml.problem(e.key, "block_deadline", lang.T("期限由段规定，这里不写", "the block says the deadline"), lang.Text{})
		}
		if !slices.Contains(stateWords, e.name) {
			s.Steps = append(s.Steps, ml.step(e, ml.m.Case))
		}
	}
}

// given takes what the mechanism gives a block, and reports what is missing or unknown.
func (ml *mechLoader) given(env *blockEnv, t table, names []string, spare map[string]bool, at node, zh, en string) {
	for _, e := range t.list {
		if !slices.Contains(names, e.name) {
			ml.problem(e.key, "block_"+en, lang.T("段“"+env.block+"”没有"+zh+"“"+e.name+"”", "block “"+env.block+"” has no "+en+" “"+e.name+"”"), meant(e.name, names))
			continue
		}
		env.with[e.name] = e.value
	}
	for _, name := range names {
		if !t.has(name) && spare[name] {
			env.with[name] = node{}
		} else if !t.has(name) {
			ml.problem(at, "block_"+en, lang.T("没有给段“"+env.block+"”的"+zh+"“"+name+"”", "the "+en+" “"+name+"” of block “"+env.block+"” is not given"),
				lang.T("加 "+name+": …", "add "+name+": …"))
			env.with[name] = node{Node: &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: strings.ToLower(name), Line: at.Line, Column: at.Column}, file: at.file}
		}
	}
}
