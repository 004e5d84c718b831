package draw_test

import (
	"bytes"
	"fmt"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/policy/draw"
)

func ExampleSVG() {
	done := &policy.State{Name: "done", Title: lang.T("已办结", "Done"), End: true, Good: true}
	asked := &policy.State{Name: "asked", Title: lang.T("待答复", "Asked"), Steps: []*policy.Step{
		{Name: "answer", Title: lang.T("答复", "Answer"), By: []string{"officer"}, To: []*policy.Branch{{State: "done"}}},
	}}
	m := &policy.Mechanism{Title: lang.T("请示", "A request"), Case: &policy.Machine{States: []*policy.State{asked, done}},
		Seats: []*policy.Seat{{Name: "officer", Title: lang.T("经办人", "Officer")}}}
	svg := draw.SVG(m, "", lang.ZH, "asked")
	fmt.Println(bytes.HasPrefix(svg, []byte("<svg ")), bytes.Contains(svg, []byte("经办人")))
	// Output: true true
}
