package prove

import "kechuang/internal/policy"

// ordered tells of types whose values can be compared as whole numbers.
func ordered(t policy.Type) bool {
	switch t {
	case policy.MoneyType, policy.CountType, policy.NumberType, policy.ShareType, policy.DateType, policy.DaysType, policy.WorkdaysType, policy.MonthsType:
		return true
	}
	return false
}

// neverNegative tells of types whose values are zero or more wherever they come from: forms, registers and pots.
func neverNegative(t policy.Type) bool {
	switch t {
	case policy.MoneyType, policy.CountType, policy.ShareType, policy.DaysType, policy.WorkdaysType, policy.MonthsType:
		return true
	}
	return false
}
