// The calendar of a record: which days cases have taken.
export const calendar = {
  "calendar.title": ["预约日历", "Calendar"],
  "calendar.caption": ["{month}哪几天已有预约", "Days taken in {month}"],
  "calendar.month": ["{y}年{m}月", "{y}-{m}"],
  "calendar.before": ["上个月", "Month before"],
  "calendar.after": ["下个月", "Next month"],
  "calendar.today": ["今天", "Today"],
  "calendar.taken": ["已预约", "Taken"],
  "calendar.none": ["这个月没有预约，每天都可以安排。", "Nothing is booked this month; every day is free."],
  "calendar.list": ["本月预约", "Bookings of the month"],
  "calendar.days": ["{n} 天已预约", "{n} days taken"],
  "calendar.span": ["{from} 至 {until}", "{from} to {until}"],
} as const;
