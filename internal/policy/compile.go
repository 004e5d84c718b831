package policy

import (
	"slices"
	"strings"

	"kechuang/internal/lang"
)

// Ranking is the form that the effect choose fills in the case: who came where.
const Ranking = "ranking"

// compile makes the forms that effects fill, and then compiles every expression and sentence.
func (ml *mechLoader) compile() {
	m := ml.m
	m.EachEffect(func(_ *Machine, _ *State, _ *Step, e Effect) {
		if s, ok := e.(Spoken); ok && s.Makes() != "" {
			if m.Form(s.Makes()) == nil {
				m.Forms = append(m.Forms, resultForm(s.Makes(), e, s.Where()))
			}
			if f := m.Form(s.Makes()); !slices.Contains(ml.fills[m.Case], f) {
				ml.fills[m.Case] = append(ml.fills[m.Case], f)
			}
		}
		switch e := e.(type) {
		case Choose:
			if m.Form(Ranking) == nil {
				f := rankingForm(e.Pos)
				m.Forms = append(m.Forms, f)
				ml.fills[m.Case] = append(ml.fills[m.Case], f)
			}
		case Open:
			if p := m.Part(e.Part); p != nil && e.Rows != "" && p.Row == nil {
				if f := ml.rowsField(e.Rows); f != nil {
					p.Row = &Form{Name: p.Name, Title: p.Title, Fields: f.Rows, Made: true, Offices: p.Offices, Pos: f.Pos}
				}
			}
		}
	})
	for _, x := range append([]*Machine{m.Case}, m.Parts...) {
		for _, s := range x.States {
			for _, st := range s.Steps {
				if f := m.Form(st.Fill); f != nil && !slices.Contains(ml.fills[x], f) {
					ml.fills[x] = append(ml.fills[x], f)
				}
			}
		}
	}
	for _, do := range ml.pending {
		do()
	}
	ml.pending = nil
}

func rankingForm(at Pos) *Form {
	field := func(name, zh, en string, t Type) *Field {
		return &Field{Name: name, Title: lang.T(zh, en), Type: t, Public: true, Optional: true, Pos: at}
	}
	rows := field("rows", "排名", "Ranking", RowsType)
	rows.Rows = []*Field{field("number", "编号", "Number", CountType), field("party", "单位", "Party", PartyType),
		field("score", "得分", "Score", NumberType), field("chosen", "入选", "Chosen", FlagType)}
	return &Form{Name: Ranking, Title: lang.T("排名", "Ranking"), Fields: []*Field{rows}, Made: true, Pos: at}
}

// FormIn is the form of a name as a record of the part knows it ("" is the case): one of the mechanism's, or the row that the
// part was opened for. Nil where there is none.
func (m *Mechanism) FormIn(part, name string) *Form {
	if p := m.Part(part); p != nil && p.Row != nil && name == part {
		return p.Row
	}
	return m.Form(name)
}

// fieldAt finds "form.field" among the mechanism's forms.
func (m *Mechanism) fieldAt(path string) *Field {
	form, field, ok := strings.Cut(path, ".")
	if f := m.Form(form); ok && f != nil {
		return f.Field(field)
	}
	return nil
}

func (ml *mechLoader) rowsField(path string) *Field {
	if f := ml.m.fieldAt(path); f != nil && f.Type == RowsType {
		return f
	}
	return nil
}
