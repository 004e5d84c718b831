package main

import "testing"

func TestPadded(t *testing.T) {
	for in, want := range map[string]string{"qiye": "qiye    ", "财务处": "财务处  ", "沈阳某企业": "沈阳某企业"} {
		if got := padded(in, 8); got != want {
			t.Errorf("%q is padded to %q, want %q", in, got, want)
		}
	}
}
