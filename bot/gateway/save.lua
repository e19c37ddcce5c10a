-- Writes a conversation unless somebody else has written it since we read it.
-- KEYS: 1 conversation, 2 its events, 3 mark of its deletion, 4 its return code,
--       5 who has words for a case
-- ARGV: 1 version that we read, 2 new version, 3 the conversation as JSON, 4 seconds to keep it,
--       5 hash of its return code (empty: none), 6 what the name of a return code begins with, 7 its id,
--       8 "1" when it has words that its case has not got, 9 seconds to keep the list
-- Answers "ok", "gone", or the JSON that lies there instead.
if redis.call('EXISTS', KEYS[3]) == 1 then
  return 'gone'
end
local version = redis.call('HGET', KEYS[1], 'version')
if version and version ~= ARGV[1] then
  return redis.call('HGET', KEYS[1], 'json')
end
local code = redis.call('HGET', KEYS[1], 'code')
if code and code ~= ARGV[5] then
  redis.call('DEL', ARGV[6] .. code)
end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'json', ARGV[3])
if ARGV[5] ~= '' then
  redis.call('HSET', KEYS[1], 'code', ARGV[5])
  redis.call('SET', KEYS[4], ARGV[7], 'EX', ARGV[4])
end
redis.call('EXPIRE', KEYS[1], ARGV[4])
if redis.call('TTL', KEYS[2]) < tonumber(ARGV[4]) then
  redis.call('EXPIRE', KEYS[2], ARGV[4])
end
if ARGV[8] == '1' then
  redis.call('SADD', KEYS[5], ARGV[7])
  redis.call('EXPIRE', KEYS[5], ARGV[9])
else
  redis.call('SREM', KEYS[5], ARGV[7])
end
return 'ok'
