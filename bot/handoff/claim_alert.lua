-- Claim one alert of a case: 1 when it is ours to send now, 0 when it was sent or another sends it.
-- KEYS[1]: alerts of the case. ARGV: 1 key of the alert, 2 now, 3 until when it is ours,
--          4 seconds to keep. A gateway that dies with an alert in hand loses it at 3.
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known == 'sent' or (known and tonumber(known) > tonumber(ARGV[2])) then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
return 1
