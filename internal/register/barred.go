package register

import (
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/store"
)

// Barred tells whether a party is barred from an act ("apply", "judge", "sign", "pay") on a day, and by which record.
func (r *Register) Barred(tx *store.Tx, party, act string, day caldate.Date) (by Record, until caldate.Date, barred bool, err error) {
	if party == "" {
		return by, "", false, nil
	}
	if stays, err := mergedInto(tx, party); err != nil {
		return by, "", false, err
	} else if stays != "" {
		party = stays
	}
	bars, err := barsOf(tx, party, string(day))
	if err != nil {
		return by, "", false, err
	}
	for _, b := range bars {
		if b.keepsFrom(act) {
			by, err = r.GetRecord(tx, b.record)
			return by, b.to, err == nil, err
		}
	}
	return by, "", false, nil
}

// AllBarred gives everybody who is barred from an act on a day, with what the record is called.
func (r *Register) AllBarred(tx *store.Tx, act string, day caldate.Date) (map[string]string, error) {
	bars, err := barsOn(tx, string(day))
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, b := range bars {
		if !b.keepsFrom(act) || out[b.party] != "" {
			continue
		}
		by, err := r.GetRecord(tx, b.record)
		if err != nil {
			return nil, err
		}
		out[b.party] = by.Name
	}
	return out, nil
}

// keepsFrom tells whether a bar is about an act; "" asks for any. A bar from several acts joins them: apply+sign.
func (b barRow) keepsFrom(act string) bool {
	return b.acts == "" || act == "" || b.acts == "all" || slices.Contains(strings.Split(b.acts, "+"), act)
}
