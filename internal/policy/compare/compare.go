// Package compare says in words what one edition of a pack changes against another, so that whoever must approve it reads the rule
// and not the file: “揭榜挂帅 › 流程 › 公示 › 期限: 5 workdays → 7 workdays”.
//
//	diffs, err := compare.Packs(inForce, proposed)
//	for _, d := range diffs {
//		fmt.Println(d.File, d.Where.ZH, d.Kind, d.Was, "→", d.Now)
//	}
//
// Files that hold YAML are compared as trees: order of keys, comments and layout do not count, order in lists does. All other files
// (scenarios, print templates) are compared as text. What it does not say is whether the change is sound; that is prove's.
package compare

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"go.yaml.in/yaml/v3"

	"kechuang/internal/lang"
)

// Kind says what happened to the place.
type Kind string

// The kinds of difference.
const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Changed Kind = "changed"
)

// Difference is one place at which two editions of a pack differ.
type Difference struct {
	File  string    `json:"file"`
	Path  string    `json:"path,omitempty" doc:"keys from the top of the file, joined by dots"`
	Where lang.Text `json:"where" doc:"the same in words"`
	Kind  Kind      `json:"kind" enum:"added,removed,changed"`
	Was   string    `json:"was,omitempty"`
	Now   string    `json:"now,omitempty"`
}

// Packs lists the differences from the old pack to the new, by file and in the order of the new file.
func Packs(old, new fs.FS) ([]Difference, error) {
	was, err := read(old)
	if err != nil {
		return nil, err
	}
	now, err := read(new)
	if err != nil {
		return nil, err
	}
	var names []string
	for name := range now {
		names = append(names, name)
	}
	for name := range was {
		if _, kept := now[name]; !kept {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out []Difference
	for _, name := range names {
		out = append(out, file(name, was[name], now[name])...)
	}
	return out, nil
}

// Text is the difference of two versions of one file, line by line in the unified form; empty where there is none.
func Text(name string, old, new []byte) string {
	return string(diff.Diff(name, old, name, new))
}

func read(fsys fs.FS) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(fsys, name)
		return err
	})
	return files, err
}

// file compares two versions of one file; nil is a file that is not there.
func file(name string, old, new []byte) []Difference {
	if bytes.Equal(old, new) && (old == nil) == (new == nil) {
		return nil
	}
	d := Difference{File: name, Where: lang.T(name, name)}
	switch {
	case old == nil:
		d.Kind, d.Now = Added, string(new)
	case new == nil:
		d.Kind, d.Was = Removed, string(old)
	case path.Ext(name) == ".yaml":
		if a, b := parse(old), parse(new); a != nil && b != nil {
			t := tree{file: name}
			t.node(place{}, a, b)
			return t.out
		}
		fallthrough
	default:
		d.Kind, d.Now = Changed, Text(name, old, new)
	}
	return []Difference{d}
}

func parse(data []byte) *yaml.Node {
	var doc yaml.Node
	if yaml.Unmarshal(data, &doc) != nil || len(doc.Content) != 1 {
		return nil
	}
	return doc.Content[0]
}

// place is where in a file we are: by keys and in words.
type place struct {
	keys  []string
	words []lang.Text
}

func (p place) under(key string, word lang.Text) place {
	return place{append(slices.Clone(p.keys), key), append(slices.Clone(p.words), word)}
}

func (p place) text() lang.Text {
	var zh, en []string
	for _, w := range p.words {
		zh, en = append(zh, w.ZH), append(en, w.EN)
	}
	return lang.T(strings.Join(zh, " › "), strings.Join(en, " › "))
}

// tree gathers the differences of one file.
type tree struct {
	file string
	out  []Difference
}

func (t *tree) say(at place, kind Kind, was, now *yaml.Node) {
	t.out = append(t.out, Difference{File: t.file, Path: strings.Join(at.keys, "."), Where: at.text(), Kind: kind, Was: show(was), Now: show(now)})
}

func (t *tree) node(at place, a, b *yaml.Node) {
	switch {
	case same(a, b):
	case a.Kind == yaml.MappingNode && b.Kind == yaml.MappingNode && len(at.keys) < deep:
		t.mapping(at, a, b)
	case a.Kind == yaml.SequenceNode && b.Kind == yaml.SequenceNode && !plain(a) && !plain(b):
		t.list(at, a.Content, b.Content)
	default:
		t.say(at, Changed, a, b)
	}
}

// deep is where differences are no longer told apart further: below it a change is said whole. The deepest key of a mechanism that
// has a name of its own (parts › flow › state › step › do) is at seven.
const deep = 9

func (t *tree) mapping(at place, a, b *yaml.Node) {
	for i := 0; i+1 < len(b.Content); i += 2 {
		key, now := b.Content[i].Value, b.Content[i+1]
		here := at.under(key, word(key, now))
		if was := child(a, key); was != nil {
			t.node(here, was, now)
		} else {
			t.say(here, Added, nil, now)
		}
	}
	for i := 0; i+1 < len(a.Content); i += 2 {
		if key, was := a.Content[i].Value, a.Content[i+1]; child(b, key) == nil {
			t.say(at.under(key, word(key, was)), Removed, was, nil)
		}
	}
}

// list compares two lists: the items that both have, in order, are held against each other, and what lies between them is a
// change where both sides have an item there, else something added or removed.
func (t *tree) list(at place, a, b []*yaml.Node) {
	i, j := 0, 0
	for _, m := range append(common(a, b), [2]int{len(a), len(b)}) {
		for n := 1; i < m[0] || j < m[1]; n++ {
			switch {
			case i < m[0] && j < m[1]:
				t.node(at.nth(j+1), a[i], b[j])
				i, j = i+1, j+1
			case i < m[0]:
				t.say(at.nth(i+1), Removed, a[i], nil)
				i++
			default:
				t.say(at.nth(j+1), Added, nil, b[j])
				j++
			}
		}
		i, j = m[0]+1, m[1]+1
	}
}

func (p place) nth(n int) place {
	return p.under(fmt.Sprint(n), lang.T(fmt.Sprintf("第 %d 条", n), fmt.Sprintf("no. %d", n)))
}

// common is a longest common subsequence of two lists, as pairs of places. Lists of a mechanism are short.
func common(a, b []*yaml.Node) [][2]int {
	longest := make([][]int, len(a)+1)
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if same(a[i], b[j]) {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case same(a[i], b[j]):
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

func child(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// same tells whether two trees say the same, whatever their layout.
func same(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value || len(a.Content) != len(b.Content) {
		return false
	}
	if a.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(a.Content); i += 2 {
			other := child(b, a.Content[i].Value)
			if other == nil || !same(a.Content[i+1], other) {
				return false
			}
		}
		return true
	}
	for i := range a.Content {
		if !same(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}

// plain tells a list of nothing but values, which is shown whole.
func plain(n *yaml.Node) bool {
	return !slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return c.Kind != yaml.ScalarNode })
}

// show is what stands at a place: a value as it is, a tree as YAML on as few lines as it needs.
func show(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	if n.Kind == yaml.ScalarNode {
		return n.Value
	}
	out, err := yaml.Marshal(n)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
