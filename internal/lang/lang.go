// Package lang holds text in the two languages that the program speaks, Chinese first.
//
//	lang.Text{ZH: "发榜方", EN: "Poster"}.In(lang.ZH) // "发榜方"
//
// A missing English text falls back to the Chinese one, never the other way round silently: packs are checked for it.
package lang

// Tag is one of the two languages of the interface.
type Tag string

// The languages.
const (
	ZH Tag = "zh"
	EN Tag = "en"
)

// Text is one message or label in both languages.
type Text struct {
	ZH string `json:"zh" yaml:"zh"`
	EN string `json:"en,omitempty" yaml:"en"`
}

// T is short for a Text in both languages.
func T(zh, en string) Text { return Text{ZH: zh, EN: en} }

// In gives the text in the language, or in Chinese where there is no other.
func (t Text) In(l Tag) string {
	if l == EN && t.EN != "" {
		return t.EN
	}
	return t.ZH
}

// String is the Chinese text.
func (t Text) String() string { return t.ZH }

// IsZero tells whether there is no text at all.
func (t Text) IsZero() bool { return t.ZH == "" && t.EN == "" }
