// Package query is the one search language of the whole interface.
//
//	类型:平台 级别:国家 "金属波纹管" 区:浑南 -军工
//
// Words must all be there; a quoted phrase must stand as it is; 字段:值 filters; - excludes. Full and half width, traditional and
// simplified are the same; every kind of quotation mark opens and closes a phrase. What cannot be understood is searched for as
// words, and a note says so: a search never refuses.
package query

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"kechuang/internal/lang"
	"kechuang/internal/match/index"
	"kechuang/internal/match/text"
)

// Field that may stand before a colon.
type Field struct {
	Facet string   // of the index
	Names []string // as people write it, in every language
}

// Parsed is what was typed, understood.
type Parsed struct {
	Words   []string // folded
	Phrases []string // folded; also among the words that the index must find
	Not     []string
	Facets  map[string]string
	Others  map[string][]string // of a word: what may stand for it (Widen)
	Notes   []lang.Text         // what was not understood
}

// longestQuery is how many characters of what was typed are looked at.
const longestQuery = 500

// Parse what somebody typed.
func Parse(typed string, fields []Field) Parsed {
	p := Parsed{Facets: map[string]string{}}
	folded := text.Fold(typed)
	if utf8.RuneCountInString(folded) > longestQuery {
		folded = string([]rune(folded)[:longestQuery])
		p.Notes = append(p.Notes, lang.T(fmt.Sprintf("内容较长，只按前 %d 字检索", longestQuery), fmt.Sprintf("Only the first %d characters were searched for", longestQuery)))
	}
	for _, t := range split(folded) {
		p.take(t, fields)
	}
	return p
}

// piece of what was typed.
type piece struct {
	field, word string
	quoted, not bool
}

// quotes that open, and what closes each.
var quotes = map[rune]rune{'"': '"', '“': '”', '”': '”', '「': '」', '『': '』', '《': '》', '‘': '’'}

func split(s string) (out []piece) {
	var p piece
	var b strings.Builder
	closing := rune(0)
	end := func() {
		if p.word = strings.TrimSpace(b.String()); p.word != "" || p.field != "" {
			out = append(out, p)
		}
		p = piece{}
		b.Reset()
	}
	for _, r := range s {
		switch {
		case closing != 0 && r == closing:
			closing = 0
			end()
		case closing != 0:
			b.WriteRune(r)
		case quotes[r] != 0:
			if p.field == "" {
				not := p.not
				end()
				p.not = not
			}
			closing, p.quoted = quotes[r], true
		case r == ' ':
			end()
		case r == ':' && p.field == "" && b.Len() > 0:
			p.field = b.String()
			b.Reset()
		case (r == '-' || r == '－') && b.Len() == 0 && p.field == "":
			p.not = true
		default:
			b.WriteRune(r)
		}
	}
	end()
	return out
}

func (p *Parsed) take(t piece, fields []Field) {
	if t.field != "" {
		at := slices.IndexFunc(fields, func(f Field) bool {
			return slices.ContainsFunc(f.Names, func(n string) bool { return text.Fold(n) == t.field })
		})
		switch {
		case at >= 0 && t.word != "" && !t.not:
			p.Facets[fields[at].Facet] = t.word
			return
		case at >= 0 && t.word == "":
			return // still being typed
		case at < 0 && !slices.ContainsFunc([]string{"http", "https"}, func(s string) bool { return s == t.field }):
			p.Notes = append(p.Notes, lang.T("没有“"+t.field+"”这个条件，已按普通词检索；可用的有："+names(fields, 0), "There is no field “"+t.field+"”; it was searched for as a word. Fields: "+names(fields, 1)))
		}
		t.word = strings.TrimSpace(t.field + " " + t.word)
	}
	switch {
	case t.not:
		p.Not = append(p.Not, t.word)
	case t.quoted:
		p.Phrases = append(p.Phrases, t.word)
		p.Words = append(p.Words, t.word)
	default:
		p.Words = append(p.Words, t.word)
	}
}

// mostNames is how many conditions a note tells of: there are dozens, and whoever types is told them one by one.
const mostNames = 8

func names(fields []Field, at int) string {
	var list []string
	for _, f := range fields[:min(mostNames, len(fields))] {
		list = append(list, f.Names[min(at, len(f.Names)-1)])
	}
	if len(fields) > mostNames {
		list[len(list)-1] += []string{"等", " …"}[at]
	}
	return strings.Join(list, []string{"、", ", "}[at])
}

// Index gives the query for the index. Pairs of characters may stand apart in a record that the index finds; Holds tells.
func (p Parsed) Index() index.Query {
	return index.Query{Words: p.Words, Others: p.Others, Not: p.Not, Facets: p.Facets}
}

// Holds says whether the phrases stand in one of the texts as they are.
func (p Parsed) Holds(texts ...string) bool {
	for _, phrase := range p.Phrases {
		if !slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(text.Fold(t), phrase) }) {
			return false
		}
	}
	return true
}

// Span of bytes in a text.
type Span struct{ Start, End int }

// Highlights says where the words stand in a text as it was written, in order and without overlaps.
func (p Parsed) Highlights(s string) []Span {
	folded, origins := text.FoldWithOrigins(s)
	var all []Span
	for _, w := range p.Words {
		for _, part := range append(append(strings.Fields(w), w), p.Others[w]...) {
			for from := 0; part != ""; {
				at := strings.Index(folded[from:], part)
				if at < 0 {
					break
				}
				start, end := from+at, from+at+len(part)
				all = append(all, Span{int(origins[start]), int(origins[end])})
				from = end
			}
		}
	}
	slices.SortFunc(all, func(a, b Span) int { return a.Start - b.Start })
	var out []Span
	for _, a := range all {
		if n := len(out); n > 0 && a.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, a.End)
			continue
		}
		out = append(out, a)
	}
	return out
}
