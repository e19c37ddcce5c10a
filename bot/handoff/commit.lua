-- One change of a case: all of it or nothing, and never twice.
-- KEYS: 1 record, 2 lines, 3 done, 4 pointer from the conversation, 5 open cases of the municipality,
--       6 cases of the owner, 7 events of the conversation, 8 audit, 9 waits,
--       10 open cases of the municipality that had it before, 11 cases of the owner before,
--       12 false alarms of the municipality, 13 outcomes of the municipality, 14 the conversation itself, as the gateway keeps it,
--       15 alerts of the case
-- ARGV[1]: the change as JSON, see store.py. Answers "ok", "done", "conflict" or "full".
local change = cjson.decode(ARGV[1])

if change.once and redis.call('SISMEMBER', KEYS[3], change.once) == 1 then
  return 'done'
end
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= change.known then
  return 'conflict'
end
if change.pointer_was and (redis.call('GET', KEYS[4]) or '') ~= change.pointer_was then
  return 'conflict'
end
if change.most then
  redis.call('ZREMRANGEBYSCORE', KEYS[6], '-inf', change.now)
  if redis.call('ZCARD', KEYS[6]) >= change.most then
    return 'full'
  end
end

redis.call('HSET', KEYS[1], 'version', change.version, 'json', change.record)
if change.wipe then
  redis.call('DEL', KEYS[2], KEYS[3])
end
for _, line in ipairs(change.lines) do
  if redis.call('SADD', KEYS[3], line.id) == 1 then
    redis.call('RPUSH', KEYS[2], line.json)
  end
end
if change.once then
  redis.call('SADD', KEYS[3], change.once)
end
for i = 1, 3 do
  redis.call('EXPIRE', KEYS[i], change.keep)
end

redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', change.now)
if KEYS[10] ~= KEYS[5] then
  redis.call('ZREM', KEYS[10], change.id)
end
if KEYS[11] ~= KEYS[6] then
  redis.call('ZREM', KEYS[11], change.id)
end
if change.ended then
  redis.call('ZREM', KEYS[5], change.id)
else
  redis.call('ZADD', KEYS[5], change.until_, change.id)
  redis.call('EXPIRE', KEYS[5], change.longest)
end
if change.owner == 'has' then
  redis.call('ZADD', KEYS[6], change.until_, change.id)
  redis.call('EXPIRE', KEYS[6], change.longest)
elseif change.owner == 'had' then
  redis.call('ZREM', KEYS[6], change.id)
end

-- The pointer is for the newest case of a conversation; an older one leaves it alone.
local newest = redis.call('GET', KEYS[4]) == change.id
if change.pointer == 'set' and (newest or change.known == '0') then
  redis.call('SET', KEYS[4], change.id, 'EX', change.keep)
elseif change.pointer == 'remove' and newest then
  redis.call('DEL', KEYS[4])
end

for _, event in ipairs(change.events) do
  redis.call('XADD', KEYS[7], 'MAXLEN', '~', change.events_kept, '*', 'json', event)
end
-- The gateway keeps the events of a conversation for a day; those of an open case live longer, and
-- with a return code they live as long as the conversation: an answer must be there to come back to.
local events_keep = change.events_keep
if redis.call('HEXISTS', KEYS[14], 'code') == 1 then
  events_keep = math.max(events_keep, redis.call('TTL', KEYS[14]))
end
if #change.events > 0 and (change.ended or redis.call('TTL', KEYS[7]) < events_keep) then
  redis.call('EXPIRE', KEYS[7], events_keep)
end
-- Kept for as long as the key to it while the case was open; from now on like any other chat,
-- but for one with a return code.
if change.ended and redis.call('TTL', KEYS[14]) > events_keep then
  redis.call('EXPIRE', KEYS[14], events_keep)
end
if change.ended then
  redis.call('EXPIRE', KEYS[15], change.keep)
end

if change.waited then
  redis.call('LPUSH', KEYS[9], change.waited)
  redis.call('LTRIM', KEYS[9], 0, change.waits_kept - 1)
  redis.call('EXPIRE', KEYS[9], change.waits_keep)
end

-- A youth who deletes takes the masked words along.
if change.wipe then
  redis.call('HDEL', KEYS[12], change.id)
elseif change.excerpt then
  redis.call('HSET', KEYS[12], change.id, change.excerpt)
  redis.call('EXPIRE', KEYS[12], change.excerpts_keep)
end

if change.ended_as then
  redis.call('HINCRBY', KEYS[13], change.ended_as, 1)
  redis.call('EXPIRE', KEYS[13], change.waits_keep)
end

if change.audit then
  redis.call('XADD', KEYS[8], 'MINID', '~', change.audit_from, '*', unpack(change.audit))
  redis.call('EXPIRE', KEYS[8], change.waits_keep)
end
return 'ok'
