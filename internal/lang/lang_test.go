package lang_test

import (
	"testing"

	"kechuang/internal/lang"
)

func TestIn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text lang.Text
		in   lang.Tag
		want string
	}{{lang.T("发榜方", "Poster"), lang.ZH, "发榜方"}, {lang.T("发榜方", "Poster"), lang.EN, "Poster"}, {lang.T("发榜方", ""), lang.EN, "发榜方"}, {lang.T("", "Poster"), lang.ZH, ""}, {lang.T("发榜方", "Poster"), "fr", "发榜方"}} {
		if got := c.text.In(c.in); got != c.want {
			t.Errorf("%+v in %s: got %q, want %q", c.text, c.in, got, c.want)
		}
	}
	if !(lang.Text{}).IsZero() || lang.T("", "x").IsZero() || lang.T("甲", "").String() != "甲" {
		t.Error("zero and string")
	}
}
