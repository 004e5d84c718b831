package search

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"kechuang/internal/lang"
	"kechuang/internal/match/index"
	"kechuang/internal/match/query"
	"kechuang/internal/match/text"
	"kechuang/internal/register"
)

// vocabulary is the conditions that may stand before a colon, and what may stand behind it. It is read from the definitions of kinds, never
// from what is in the register: it is the same for everybody.
type vocabulary struct {
	kinds map[string]*register.RecordKind
	list  []*condition
}

// condition is one word before the colon.
type condition struct {
	name    lang.Text
	also    []string
	values  []value
	parties bool // behind it stands a party
}

type value struct {
	title lang.Text
	facet string // in the index's field “is”
}

// vocabulary of today's kinds.
func (f *Finder) vocabulary() *vocabulary {
	v := &vocabulary{kinds: map[string]*register.RecordKind{}}
	what := v.condition(lang.T("类型", "type"), "kind", "种类")
	for _, w := range []struct {
		what  string
		title lang.Text
	}{{Party, lang.T("主体", "party")}, {Record, lang.T("登记项", "record")}, {Case, lang.T("事项", "case")}, {Policy, lang.T("政策", "policy")}} {
		what.values = append(what.values, value{w.title, "what " + w.what})
	}
	for _, k := range register.Kinds {
		what.values = append(what.values, value{k.Title, "kind " + string(k.Kind)})
	}
	region := v.condition(lang.T("区", "district"), "region", "区县", "地区")
	for _, g := range f.register.Regions() {
		region.values = append(region.values, value{lang.T(g.Name, g.Name), "region " + g.Code})
	}
	for _, k := range f.register.Kinds() {
		v.kinds[k.Name] = k
		what.values = append(what.values, value{k.Title, "kind " + k.Name})
		for i := range k.Fields {
			v.field(&k.Fields[i])
		}
	}
	if pack := f.cases.Seen(); pack != nil {
		for _, m := range pack.Mechanisms {
			what.values = append(what.values, value{m.Title, "mechanism " + m.Name})
		}
	}
	return v
}

// condition finds one by its Chinese name, or adds it.
func (v *vocabulary) condition(name lang.Text, also ...string) *condition {
	at := slices.IndexFunc(v.list, func(c *condition) bool { return c.name.ZH == name.ZH })
	if at < 0 {
		v.list = append(v.list, &condition{name: name})
		at = len(v.list) - 1
	}
	c := v.list[at]
	for _, a := range also {
		if !slices.Contains(c.also, a) {
			c.also = append(c.also, a)
		}
	}
	return c
}

func (v *vocabulary) field(f *register.RecordField) {
	switch f.Type {
	case "choice", "ref":
		c := v.condition(f.Title, f.Name)
		for _, o := range f.Choices {
			x := value{o.Title, facetOf(f, o.Value)}
			if !slices.Contains(c.values, x) {
				c.values = append(c.values, x)
			}
		}
	case "flag":
		c := v.condition(f.Title, f.Name)
		for _, x := range []value{{lang.T("是", "yes"), facetOf(f, "true")}, {lang.T("否", "no"), facetOf(f, "false")}} {
			if !slices.Contains(c.values, x) {
				c.values = append(c.values, x)
			}
		}
	case "party":
		v.condition(f.Title, f.Name).parties = true
	}
}

// facetOf is a field's value in the index's field “is”.
func facetOf(f *register.RecordField, value string) string { return f.Title.ZH + ":" + value }

func (v *vocabulary) fields() []query.Field {
	var out []query.Field
	for _, c := range v.list {
		out = append(out, query.Field{Facet: c.name.ZH, Names: append([]string{c.name.ZH, c.name.EN}, c.also...)})
	}
	return out
}

// values are what somebody means by a word behind a colon: the value of that title, or else each whose title has it. 级别:国家 means 国家级.
func (f *Finder) values(ctx context.Context, v *vocabulary, field, typed string) (out []index.Facet, err error) {
	for _, c := range v.list {
		if c.name.ZH != field {
			continue
		}
		exact := false
		for _, x := range c.values {
			zh, en := text.Fold(x.title.ZH), text.Fold(x.title.EN)
			switch same := zh == typed || en == typed; {
			case same && !exact:
				exact, out = true, []index.Facet{{Field: "is", Value: x.facet}}
			case same, !exact && (strings.Contains(zh, typed) || strings.Contains(en, typed)):
				out = append(out, index.Facet{Field: "is", Value: x.facet})
			}
		}
		if !c.parties {
			continue
		}
		list, _, err := f.register.Search(ctx, typed, "", "", 20)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			out = append(out, index.Facet{Field: "is", Value: c.name.ZH + ":" + p.ID})
		}
	}
	return out, nil
}

// Suggestion completes what is being typed.
type Suggestion struct {
	Text  string    `json:"text"`  // the whole query, completed
	Title lang.Text `json:"title"` // what is completed to
	Value bool      `json:"value"` // a value behind a colon, else a condition
}

// Suggest completes the last word of a query to a condition or its values. Names are completed by searching.
func (f *Finder) Suggest(typed string) []Suggestion {
	out := []Suggestion{}
	cut := strings.LastIndexAny(typed, " \u3000") + 1
	head, last := typed[:cut], text.Fold(typed[cut:])
	if head != "" {
		_, width := utf8.DecodeLastRuneInString(head)
		head = head[:len(head)-width] + " "
	}
	word, behind, colon := strings.Cut(last, ":")
	if word == "" {
		return out
	}
	for _, c := range f.vocabulary().list {
		names := append([]string{c.name.ZH, c.name.EN}, c.also...)
		fits := slices.ContainsFunc(names, func(n string) bool {
			return colon && text.Fold(n) == word || !colon && strings.HasPrefix(text.Fold(n), word)
		})
		switch {
		case !fits:
		case !colon:
			out = append(out, Suggestion{head + c.name.ZH + ":", c.name, false})
		default:
			for _, x := range c.values {
				if strings.Contains(text.Fold(x.title.ZH), behind) || strings.Contains(text.Fold(x.title.EN), behind) {
					said := x.title.ZH
					if strings.ContainsAny(said, " 　") {
						said = "“" + said + "”"
					}
					out = append(out, Suggestion{head + c.name.ZH + ":" + said + " ", x.title, true})
				}
			}
		}
	}
	return out[:min(len(out), 12)]
}

// beginnings visits what is indexed of the initials of a name: every string of two to eight letters that begins at one of the first six.
// People begin at the beginning, or leave out the city: sybwg and bwg find 沈阳波纹管.
func beginnings(initials string, visit func(string)) {
	seen := map[string]bool{}
	for i := range min(len(initials), 6) {
		for n := 2; n <= 8 && i+n <= len(initials); n++ {
			if s := initials[i : i+n]; !seen[s] {
				seen[s] = true
				visit(s)
			}
		}
	}
}
