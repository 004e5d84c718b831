package refusal_test

import (
	"errors"
	"fmt"
	"testing"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

func Example() {
	var list refusal.List
	list.Add(refusal.New(refusal.Invalid, "need.own.floor", lang.T("自筹资金 500万元，低于最低 800万元", "Own money of 5 million is below the floor"))).
		At("need.own").By("《揭榜挂帅项目补助事项》第三条").Mend(lang.T("请提高自筹资金", "Raise your own money"))
	fmt.Println(list.Err())
	// Output: 自筹资金 500万元，低于最低 800万元（依据：《揭榜挂帅项目补助事项》第三条）。请提高自筹资金
}

// TestOf: refusals are found however they are wrapped, and an internal error is never one.
func TestOf(t *testing.T) {
	t.Parallel()
	r := refusal.New(refusal.Closed, "case.ended", lang.T("已结束", "ended"))
	for _, err := range []error{r, refusal.List{r}, fmt.Errorf("step: %w", r), fmt.Errorf("step: %w", refusal.List{r}), errors.Join(errors.New("x"), r)} {
		if got := refusal.Of(err); len(got) != 1 || got[0] != r || !refusal.Is(err, "case.ended") || refusal.Is(err, "other") {
			t.Errorf("%v: %v", err, got)
		}
	}
	for _, err := range []error{nil, errors.New("disk full")} {
		if refusal.Of(err) != nil || refusal.Is(err, "") {
			t.Errorf("%v is taken for a refusal", err)
		}
	}
}

// TestErrOfNothing: an empty list is no error, in an interface, too.
func TestErrOfNothing(t *testing.T) {
	t.Parallel()
	var list refusal.List
	if err := list.Err(); err != nil {
		t.Errorf("got %v", err)
	}
}
