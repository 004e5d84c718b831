package search

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/match/index"
	"kechuang/internal/match/query"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// show makes of the index's hits what the actor may see of them, in order. What they may not see, or what is not there any more, falls out.
func (f *Finder) show(tx *store.Tx, actor identity.Actor, found []index.Hit, p query.Parsed, v *vocabulary) (out []Hit, err error) {
	ids := map[string][]string{}
	for _, h := range found {
		what, id := split(h.ID)
		ids[what] = append(ids[what], id)
	}
	shown := map[string]Hit{}
	for _, read := range []func() error{
		func() error { return f.showParties(tx, actor, ids[Party], p, shown) },
		func() error { return f.showRecords(tx, actor, ids[Record], p, v, shown) },
		func() error { return f.showCases(tx, actor, ids[Case], p, shown) },
		func() error { f.showPolicy(ids[Policy], p, shown); return nil },
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	for _, h := range found {
		what, id := split(h.ID)
		if hit, ok := shown[what+" "+id]; ok {
			out = append(out, hit)
		}
	}
	return out, nil
}

// split takes an id of the index apart: "open party party_x".
func split(id string) (what, inner string) {
	_, rest, _ := strings.Cut(id, " ")
	what, inner, _ = strings.Cut(rest, " ")
	return what, inner
}

func (f *Finder) showParties(tx *store.Tx, actor identity.Actor, ids []string, p query.Parsed, shown map[string]Hit) error {
	if len(ids) == 0 || actor.Anonymous() {
		return nil
	}
	list, err := f.register.Parties(tx, ids)
	for _, party := range list {
		cut := party.SeenBy(actor)
		if party.Deleted || !p.Holds(append([]string{cut.Name, cut.USCC, cut.LegalRep, cut.Address, cut.Contact}, append(cut.Aliases, cut.Expertise...)...)...) {
			continue
		}
		h := Hit{What: Party, ID: party.ID, Kind: string(party.Kind), KindTitle: party.Kind.Title(), Title: party.Name, Note: f.regionName(party.Region), Party: &cut}
		h.mark(p, strings.Join(append(cut.Aliases, cut.Expertise...), "、"))
		shown[Party+" "+party.ID] = h
	}
	return err
}

func (f *Finder) regionName(code string) string {
	if code == "" {
		return ""
	}
	return f.register.RegionName(code)
}

func (f *Finder) showRecords(tx *store.Tx, actor identity.Actor, ids []string, p query.Parsed, v *vocabulary, shown map[string]Hit) error {
	if len(ids) == 0 {
		return nil
	}
	list, err := f.register.RecordRows(tx, ids)
	if err != nil {
		return err
	}
	for _, rec := range list {
		k := v.kinds[rec.Kind]
		cut, _, seen := rec.SeenBy(k, actor)
		if rec.Retired || !seen {
			continue
		}
		nodes, err := f.register.NodeNames(tx, k, cut.Values)
		if err != nil {
			return err
		}
		d := recordDoc(k, cut, nodes, func(register.RecordField) bool { return true })
		if !p.Holds(append(append([]string{d.name}, d.also...), strings.Split(d.text, "\n")...)...) {
			continue
		}
		h := Hit{What: Record, ID: rec.ID, Kind: rec.Kind, KindTitle: k.Title, Title: rec.Name, Record: &cut}
		if owner := k.Field(k.Owner); owner != nil && cut.Values[k.Owner] != nil {
			if h.Note, _, _, err = f.register.Named(tx, rec.Owner); err != nil {
				return err
			}
		}
		h.mark(p, d.text)
		shown[Record+" "+rec.ID] = h
	}
	return nil
}

func (f *Finder) showCases(tx *store.Tx, actor identity.Actor, ids []string, p query.Parsed, shown map[string]Hit) error {
	if len(ids) == 0 {
		return nil
	}
	list, err := f.cases.CaseLines(tx, actor, ids)
	for _, c := range list {
		if !p.Holds(c.Title, c.Mechanism.Title.ZH, c.Mechanism.Title.EN, c.Case) {
			continue
		}
		h := Hit{What: Case, ID: c.Case, Kind: c.Mechanism.Name, KindTitle: c.Mechanism.Title, Title: c.Title, Note: c.State.Title.ZH, Case: &c}
		h.mark(p, "")
		shown[Case+" "+c.Case] = h
	}
	return err
}

func (f *Finder) showPolicy(ids []string, p query.Parsed, shown map[string]Hit) {
	pack := f.cases.Seen()
	for _, id := range ids {
		m := pack.Mechanism(id)
		if m == nil || !p.Holds(m.Title.ZH, m.Title.EN, m.Purpose.ZH) {
			continue
		}
		h := Hit{What: Policy, ID: m.Name, Kind: m.Name, KindTitle: lang.T("政策", "Policy"), Title: m.Title.ZH}
		h.mark(p, m.Purpose.ZH)
		shown[Policy+" "+m.Name] = h
	}
}

// around is how many characters of a text stand before and behind its first mark.
const around = 24

// mark says where the title has the words, and gives a piece of the text where the title has none.
func (h *Hit) mark(p query.Parsed, text string) {
	h.Marks, h.TextMarks = marksIn(h.Title, p.Highlights(h.Title)), []Mark{}
	if len(h.Marks) > 0 || text == "" {
		return
	}
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	marks := p.Highlights(text)
	if len(marks) == 0 {
		return
	}
	start, end := marks[0].Start, marks[0].End
	for n := 0; n < around && start > 0; n++ {
		_, w := utf8.DecodeLastRuneInString(text[:start])
		start -= w
	}
	for n := 0; n < 3*around && end < len(text); n++ {
		_, w := utf8.DecodeRuneInString(text[end:])
		end += w
	}
	h.Text = text[start:end]
	inside := []query.Span{}
	for _, m := range marks {
		if m.End <= end {
			inside = append(inside, query.Span{Start: m.Start - start, End: m.End - start})
		}
	}
	h.TextMarks = marksIn(h.Text, inside)
}

// marksIn counts spans of bytes in units of UTF-16.
func marksIn(s string, spans []query.Span) []Mark {
	out := []Mark{}
	units := func(part string) (n int) {
		for _, r := range part {
			n += utf16.RuneLen(r)
		}
		return n
	}
	for _, m := range spans {
		start := units(s[:m.Start])
		out = append(out, Mark{start, start + units(s[m.Start:m.End])})
	}
	return out
}
