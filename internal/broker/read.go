package broker

import (
	"encoding/json"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/match"
	"kechuang/internal/register"
)

// offerOf reads a record's public fields: its name is the title, its other texts and the names of its choices are the text; chain, field,
// district, trl and the day on which its kind runs out mean what they say wherever a kind has them.
func offerOf(k *register.RecordKind, rec register.Record) match.Offer {
	o := match.Offer{ID: rec.ID, Kind: k.Name}
	for i := range k.Fields {
		f := &k.Fields[i]
		raw, ok := rec.Values[f.Name]
		if !ok || !f.Public {
			continue
		}
		var text string
		if json.Unmarshal(raw, &text) != nil {
			if f.Name == "trl" {
				_ = json.Unmarshal(raw, &o.Ready) // not a number: readiness is not known
			}
			continue
		}
		switch {
		case f.Name == k.Called:
			o.Title = text
		case f.Type == "text":
			o.Text += text + "\n"
		case f.Name == k.Owner:
			o.Party = text
		case f.Name == "chain":
			o.Node = text
		case f.Name == "field":
			o.Field = text
		case f.Name == "district":
			o.Region = text
		case f.Name == k.Expires && f.Type == "date":
			o.Expires = caldate.Date(text)
		}
	}
	return o
}

// NeedOf reads a record that asks.
func NeedOf(k *register.RecordKind, rec register.Record) match.Need {
	o := offerOf(open(k), rec)
	return match.Need{ID: rec.ID, Title: o.Title, Text: o.Text, Party: o.Party, Node: o.Node, Field: o.Field, Region: o.Region, Ready: o.Ready}
}

// open is a kind with every field public: for reading what is not shown.
func open(k *register.RecordKind) *register.RecordKind {
	all := *k
	all.Fields = slices.Clone(k.Fields)
	for i := range all.Fields {
		all.Fields[i].Public = true
	}
	return &all
}
