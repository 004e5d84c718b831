package web

import (
	"kechuang/internal/identity"
)

// book is the pack in words, worked out once when the server starts.
type book struct {
	mechanisms map[string]*Mechanism
	params     []Param
}

func (b *book) items(identity.Actor) []MechanismItem { return nil }
