package policy

import "strings"

// Mark is one field of a form that scores something, with its full mark.
type Mark struct {
	Field *Field
	Full  int64
}

// Rubric is what a form scores by: its counts that have a full mark. A form without any is no rubric.
func (p *Pack) Rubric(f *Form) (marks []Mark) {
	for _, x := range f.Fields {
		v := p.Params[strings.TrimPrefix(x.Full, "param.")]
		if x.Type != CountType || v == nil {
			continue
		}
		if full, ok := v.Value.(int64); ok {
			marks = append(marks, Mark{x, full})
		}
	}
	return marks
}
