package policy

import "strings"

// Mark is one field of a form that scores something, with its full mark.
type Mark struct {
	Field *Field
	Full  Decimal
}

// Of is the mark that a filled form gives; none where the field is empty.
func (m Mark) Of(values Values) (Decimal, bool) {
	v, ok := values[m.Field.Name]
	return scored(v), ok
}

// Rubric is what a form scores by: its counts and numbers that have a full mark. A form without any is no rubric.
func (p *Pack) Rubric(f *Form) (marks []Mark) {
	for _, x := range f.Fields {
		if full := p.Params[strings.TrimPrefix(x.Full, "param.")]; x.Full != "" && full != nil {
			marks = append(marks, Mark{x, scored(full.Value)})
		}
	}
	return marks
}
