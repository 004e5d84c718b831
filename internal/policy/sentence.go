package policy

import (
	"strings"

	"kechuang/internal/lang"
)

// sentence is a text with {expressions} in it, which are replaced by their values as a person writes them.
type sentence struct {
	zh, en []piece
	reads  []string
}

type piece struct {
	text string
	expr *Expr
	in   *Field // for choices: the value's title is said
}

// sentence compiles a text when all names are known, and hands it over even where a piece of it is wrong.
func (ml *mechLoader) sentence(t lang.Text, at Pos, look sight, env *blockEnv, take func(*sentence)) {
	look.env = env
	ml.pending = append(ml.pending, func() {
		s := &sentence{}
		s.zh = ml.pieces(t.ZH, at, look, s)
		s.en = ml.pieces(t.EN, at, look, s)
		take(s)
	})
}

func (ml *mechLoader) pieces(text string, at Pos, look sight, s *sentence) []piece {
	var out []piece
	for text != "" {
		open := strings.IndexByte(text, '{')
		end := strings.IndexByte(text, '}')
		if open < 0 || end < open {
			return append(out, piece{text: text})
		}
		if open > 0 {
			out = append(out, piece{text: text[:open]})
		}
		x := &Expr{Source: text[open+1 : end], Pos: at}
		ml.compileExpr(x, look, nil)
		s.reads = append(s.reads, x.reads...)
		p := piece{expr: x}
		if form, field, ok := strings.Cut(x.Source, "."); ok {
			if f := ml.formAt(ml.machineOf(look), form); f != nil {
				p.in = f.Field(field)
			} else if k := ml.pack.KindOf(ml.m, form); k != nil {
				p.in = k.Field(field)
			}
		}
		out = append(out, p)
		text = text[end+1:]
	}
	return out
}

// say is the text with its values; ok is false where one of them cannot be known in this scope, and "…" stands in its place.
func (s *sentence) say(sc *Scope) (text lang.Text, ok bool) {
	if s == nil {
		return lang.Text{}, true
	}
	zh, okZH := say(s.zh, sc, lang.ZH)
	en, okEN := say(s.en, sc, lang.EN)
	return lang.T(zh, en), okZH && okEN
}

func say(pieces []piece, sc *Scope, l lang.Tag) (string, bool) {
	var b strings.Builder
	ok := true
	for _, p := range pieces {
		if p.expr == nil {
			b.WriteString(p.text)
			continue
		}
		v, err := p.expr.Eval(sc)
		if err != nil {
			b.WriteString("…")
			ok = false
			continue
		}
		b.WriteString(p.show(v).In(l))
	}
	return b.String(), ok
}

func (p piece) show(v Value) lang.Text {
	if s, ok := v.(string); ok && p.in != nil {
		for _, c := range p.in.Choices {
			if c.Value == s {
				return c.Title
			}
		}
	}
	return Show(v)
}
