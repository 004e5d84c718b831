package play

import (
	"cmp"
	"fmt"

	"kechuang/internal/lang"
)

// Otherwise says that a line of a story went otherwise than it is written: what a rule that was changed does to the stories told of it.
type Otherwise struct {
	Said string // the act, as it is written
	Text lang.Text
	fine string // what a developer reads, where it is more than Text
}

func (o *Otherwise) Error() string { return cmp.Or(o.fine, o.Text.EN) }

// otherwise writes the same in two languages; the arguments are the same in both.
func otherwise(zh, en string, args ...any) error {
	return &Otherwise{Text: lang.T(fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...))}
}
