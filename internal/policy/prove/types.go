package prove

import (
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/share"
)

// ordered tells of types whose values can be compared as whole numbers.
func ordered(t policy.Type) bool {
	switch t {
	case policy.MoneyType, policy.CountType, policy.NumberType, policy.ShareType, policy.DateType, policy.DaysType, policy.WorkdaysType:
		return true
	}
	return false
}

// neverNegative tells of types whose values are zero or more wherever they come from: forms, registers and pots.
func neverNegative(t policy.Type) bool {
	switch t {
	case policy.MoneyType, policy.CountType, policy.ShareType, policy.DaysType, policy.WorkdaysType:
		return true
	}
	return false
}

// whole is a value in its type's whole units, as in policy.Compare.
func whole(v policy.Value) (int64, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case policy.Decimal:
		return int64(v), true
	case money.Fen:
		return int64(v), true
	case share.PPM:
		return int64(v), true
	case policy.Days:
		return int64(v), true
	case policy.Workdays:
		return int64(v), true
	case caldate.Date:
		return dayNumber(v), true
	}
	return 0, false
}

// dayNumber counts the days since 1970-01-01.
func dayNumber(d caldate.Date) int64 {
	return int64(d.Start().Add(8*time.Hour).Unix() / 86400)
}
